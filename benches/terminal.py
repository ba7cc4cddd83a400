"""Times the whole program in a pseudo-terminal that answers what real ones answer: start to first frame, key to bytes, and how soon it
ends: right after the first frame, and after a key was held for three seconds.

    cargo build --release
    python3 benches/terminal.py target/release/crossroots [PEER [ARGUMENT...]]  < cases

A case is a line of standard input: a word that the first frame shows, then the program's arguments. Without any, two samples.
PEER is another program, timed in the same run; its first frame is the first output that has a letter.
"""
import fcntl
import os
import pty
import select
import shlex
import signal
import struct
import sys
import termios
import time

ROUNDS, KEYS = 15, [b"p", b"\x1b[A", b"\x1b[B", b"s"]


def answers(said):
    """Cursor at the first column, then behind one narrow letter; a dark background; a VT220."""
    out = b""
    if said.count(b"\x1b[6n"):
        out += b"\x1b[1;1R\x1b[1;2R"[: 6 * said.count(b"\x1b[6n")]
    if b"\x1b]11;?" in said:
        out += b"\x1b]11;rgb:1111/1111/1111\x1b\\"
    if b"\x1b[c" in said:
        out += b"\x1b[?62;22c"
    return out


def start(command):
    master, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))
    pid = os.fork()
    if pid == 0:
        os.setsid()
        fcntl.ioctl(slave, termios.TIOCSCTTY, 0)
        for stream in range(3):
            os.dup2(slave, stream)
        os.environ.update(TERM="xterm-256color", LANG="C.UTF-8")
        os.execv(command[0], command)
    os.close(slave)
    return pid, master


def read(master, wait):
    if not select.select([master], [], [], wait)[0]:
        return b""
    said = os.read(master, 1 << 16)
    reply = answers(said)
    if reply:
        os.write(master, reply)
    return said


def stop(pid, master):
    os.kill(pid, 9)
    os.waitpid(pid, 0)
    os.close(master)


def first_frame(command, word):
    begun = time.perf_counter()
    pid, master = start(command)
    seen = b""
    while word not in seen:
        said = read(master, 10)
        if not said:
            break
        seen += said
    taken = time.perf_counter() - begun
    stop(pid, master)
    return taken * 1e3 if word in seen else float("nan")


def pump(master, seconds):
    until = time.time() + seconds
    while time.time() < until:
        read(master, 0.01)


def ended(command, word, held, how):
    """Milliseconds until the program is gone; `how` is a signal or a key."""
    pid, master = start(command)
    seen = b""
    while word not in seen:
        seen += read(master, 10)
    for _ in range(held):
        os.write(master, b"\x1b[B")
        pump(master, 0.033)
    begun = time.perf_counter()
    os.write(master, how) if isinstance(how, bytes) else os.kill(pid, how)
    while os.waitpid(pid, os.WNOHANG)[0] == 0:
        try:
            read(master, 0.001)
        except OSError:
            pass
    os.close(master)
    return (time.perf_counter() - begun) * 1e3


def keys(command, count=300):
    pid, master = start(command)
    settled = time.time() + 2.5
    while time.time() < settled:
        read(master, 0.2)
    times = []
    for place in range(count):
        begun, last = time.perf_counter(), None
        os.write(master, KEYS[place % len(KEYS)])
        while read(master, 0.012 if last else 0.2):
            last = time.perf_counter()
        if last:
            times.append((last - begun) * 1e3)
    stop(pid, master)
    return sorted(times)


def main():
    program, peer = sys.argv[1], sys.argv[2:]
    lines = [] if sys.stdin.isatty() else [shlex.split(line) for line in sys.stdin if line.strip()]
    cases = lines or [["Shop", "sample", "bad-signature"], ["ISRG", "sample", "lets-encrypt-2024"]]
    runs = [(" ".join(case[1:]) or "nothing", [program, *case[1:]], case[0].encode()) for case in cases]
    if peer:
        runs.insert(0, (" ".join(peer), peer, b"e"))
    frames = {name: [] for name, _, _ in runs}
    for _ in range(ROUNDS):
        for name, command, word in runs:
            frames[name].append(first_frame(command, word))
    for name, times in frames.items():
        times.sort()
        print(f"first frame  median {times[len(times) // 2]:6.1f}  {times[0]:6.1f} to {times[-1]:6.1f} ms  {name}")
    for name, command, _ in runs[1 if peer else 0 :]:
        times = keys(command)
        print(f"key to bytes median {times[len(times) // 2]:6.2f}  p99 {times[int(len(times) * 0.99)]:6.2f} ms  {name}")
    for name, command, word in runs[1 if peer else 0 :]:
        for held, words in ((0, "at once"), (90, "after a held key")):
            ends = [f"{what} {ended(command, word, held, how):4.0f}" for what, how in (("q", b"q"), ("Ctrl-C", b"\x03"), ("TERM", signal.SIGTERM))]
            print(f"ends {words:17} {', '.join(ends)} ms  {name}")


main()
