"""usage: typed.py ANSWERS COMMAND...: runs it on a terminal of its own, answers each question with the
next letter of ANSWERS, and prints what it shows."""
import os
import pty
import sys

answers = list(sys.argv[1])
pid, terminal = pty.fork()
if pid == 0:
    os.execvp(sys.argv[2], sys.argv[2:])
shown = b""
answered = 0
while True:
    try:
        got = os.read(terminal, 4096)
    except OSError:  # how Linux says that the other end is closed
        break
    if not got:
        break
    shown += got
    while answered < shown.count(b"[y/N] ") and answers:
        os.write(terminal, answers.pop(0).encode() + b"\n")
        answered += 1
_, status = os.waitpid(pid, 0)
sys.stdout.write(shown.decode().replace("\r\n", "\n"))
sys.exit(os.waitstatus_to_exitcode(status))
