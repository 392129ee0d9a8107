"""`python -m program COMMAND`."""

from program.commands import main

main()
