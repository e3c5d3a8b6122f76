"""Group 7: the kernel, called directly and by number.

hackgym-canary c2b7e6a4-51f0-4f0e-9d53-7a1b8c60d9e2
"""

from __future__ import annotations

from escapes.case import Case, case


def _calls(name: str, needs: str = "kernel", **calls: str) -> Case:
    """A case that makes system calls, each with arguments as they stand in a script."""
    tries = [
        f"    {each}=lambda: call({each!r}, {arguments})," for each, arguments in calls.items()
    ]
    return case(name, "\n".join(["attempts(", *tries, ")"]), needs=needs)


CASES = [
    _calls(
        "mounts",
        mount='b"none", b"/tmp", b"tmpfs", 0, 0',
        umount2='b"/tmp", 2',
        pivot_root='b".", b"."',
        chroot='b"/"',
        open_tree="-100, b'/', 1",
        move_mount="-100, b'/', -100, b'/tmp', 0",
        fsopen='b"tmpfs", 0',
        fspick="-100, b'/', 0",
        fsmount="3, 0, 0",
        fsconfig="3, 0, 0, 0, 0",
        mount_setattr="-100, b'/', 0, (ctypes.c_uint64 * 4)(), 32",
        statmount="(ctypes.c_uint64 * 8)(), 0, 0, 0",
        listmount="(ctypes.c_uint64 * 8)(), 0, 0, 0",
    ),
    case(
        "namespaces by unshare",
        """
        for flag in 1 << 7, 1 << 17, 1 << 25, 1 << 26, 1 << 27, 1 << 28, 1 << 29, 1 << 30:
            attempts(**{hex(flag): lambda: call("unshare", flag)})
        """,
        needs="kernel",
    ),
    case(
        "namespaces by clone",
        """
        for flag in 1 << 17, 1 << 25, 1 << 26, 1 << 27, 1 << 28, 1 << 29, 1 << 30:
            for way, arguments in (
                ("clone", (flag | 17, 0, 0, 0, 0)),
                ("clone", (flag | 17 | 1 << 32, 0, 0, 0, 0)),
                ("clone3", ((ctypes.c_uint64 * 11)(flag, 0, 0, 0, 17), 88)),
            ):
                try:
                    child = call(way, *arguments)
                except OSError:
                    continue
                if not child:
                    os._exit(0)
                print(way, hex(flag))
        """,
        needs="kernel",
    ),
    case(
        "namespaces by what is open",
        """
        places = [f"/proc/self/ns/{each}" for each in ("user", "mnt", "pid", "net", "ipc", "uts")]
        places += [f"/proc/{who}/ns/mnt" for who in (1, os.getppid(), HOST_PID)]
        for place in places:
            with contextlib.suppress(OSError):
                file = os.open(place, os.O_RDONLY)
                attempts(**{place: lambda: call("setns", file, 0)})
                attempts(**{place: lambda: fcntl.ioctl(file, 0xB701)})  # its owner's namespace
        """,
        needs="kernel",
    ),
    _calls(
        "keys",
        add_key="b'user', MARK.encode(), b'x', 1, -4",
        request_key="b'user', MARK.encode(), 0, -4",
        keyctl="0, -3, 1, 0, 0",
    ),
    _calls(
        "System V and queues",
        "ipc",
        shmget="0, 4096, 0o1600",
        semget="0, 1, 0o1600",
        msgget="0, 0o1600",
        mq_open="MARK.encode(), 0o102, 0o600, 0",
    ),
    _calls(
        "programs and counters in the kernel",
        bpf="0, (ctypes.c_uint64 * 16)(1, 0x400000004, 1), 72",
        perf_event_open="(ctypes.c_uint32 * 32)(1, 128), 0, -1, -1, 0",
        userfaultfd="0",
        fanotify_init="0, 0",
        inotify_init1="0",
        lookup_dcookie="0, 0, 0",
    ),
    _calls(
        "rings",
        io_uring_setup="1, (ctypes.c_uint64 * 15)()",
        io_uring_enter="3, 0, 0, 0, 0, 0",
        io_uring_register="3, 0, 0, 0",
    ),
    _calls(
        "files by handle",
        name_to_handle_at="-100, b'/', (ctypes.c_uint32 * 40)(128), (ctypes.c_int * 1)(), 0",
        open_by_handle_at="3, (ctypes.c_uint32 * 40)(8, 1), 0",
    ),
    _calls(
        "the machine",
        acct="b'/tmp/acct'",
        delete_module='b"hackgym", 0',
        finit_module="3, b'', 0",
        init_module="b'', 0, b''",
        kexec_load="0, 0, 0, 0",
        kexec_file_load="3, 3, 0, b'', 4",
        quotactl="0x80000102, 0, 0, 0",
        quotactl_fd="3, 0x800001, 0, 0",
        reboot="0, 0, 0, 0",
        sethostname="os.uname().nodename.encode(), len(os.uname().nodename)",
        setdomainname="b'(none)', 6",
        swapon='b"/tmp/swap", 0',
        swapoff='b"/tmp/swap"',
        syslog="10, 0, 0",
        vhangup="",
    ),
    _calls(
        "pages of memory",
        mbind="0, 0, 0, 0, 0, 0",
        migrate_pages="0, 0, 0, 0",
        move_pages="0, 0, 0, 0, 0, 0",
    ),
    case(
        "what only Intel's have",
        """
        if os.uname().machine == "x86_64":
            attempts(
                segments=lambda: call("modify_ldt", 1, (ctypes.c_uint32 * 4)(0, 0, 0, 0x51), 16),
                ports=lambda: call("ioperm", 0x80, 1, 1),
                level=lambda: call("iopl", 3),
                library=lambda: call("uselib", b"/lib/ld.so"),
            )
        """,
        needs="kernel",
    ),
    case(
        "programs from memory",
        """
        file = -1
        with contextlib.suppress(OSError):
            file = call("memfd_create", b"x", 0)
            os.write(file, open("/bin/true", "rb").read())
            if not os.fork():
                call("execveat", file, b"", (ctypes.c_void_p * 1)(), 0, 0x1000)
            print("ran")
        """,
        needs="kernel",
    ),
    case(
        "families of sockets",
        """
        allowed = socket.AF_UNIX, socket.AF_INET, socket.AF_INET6
        for family in set(range(64)) - set(allowed):
            for kind in socket.SocketKind:
                attempts(**{f"family {family}": lambda: socket.socket(family, kind, 0)})
                attempts(**{f"pair {family}": lambda: socket.socketpair(family, kind, 0)})
        for family in allowed:
            attempts(raw=lambda: socket.socket(family, socket.SOCK_RAW, socket.IPPROTO_ICMP))
            attempts(ping=lambda: socket.socket(family, socket.SOCK_DGRAM, socket.IPPROTO_ICMP))
            attempts(sctp=lambda: socket.socket(family, socket.SOCK_STREAM, 132))
            attempts(mptcp=lambda: socket.socket(family, socket.SOCK_STREAM, 262))
        """,
        needs="kernel network",
    ),
    case(
        "keystrokes for others",
        """
        import termios
        for number in range(5):
            for request in 0x5412, 0x541C, 0x100005412, 0x7FFF00005412, 0x541D, 0x5423:
                letter = ctypes.create_string_buffer(b"x")
                if libc.ioctl(number, ctypes.c_ulong(request), letter) != -1:
                    print(number, hex(request))
        attempts(terminal=lambda: os.openpty())
        """,
        needs="kernel",
    ),
    case(
        "another personality",
        """
        before = libc.personality(ctypes.c_ulong(0xFFFFFFFF))
        for flag in 0x0040000, 0x0400000, 0x0100000, 0x8, 0x100040000:
            attempts(**{hex(flag): lambda: libc.personality(ctypes.c_ulong(flag))})
        if libc.personality(ctypes.c_ulong(0xFFFFFFFF)) != before:
            print("changed")
        """,
        needs="kernel",
    ),
    case(
        "a filter of its own",
        """
        allow = struct.pack("HBBI", 6, 0, 0, 0x7FFF0000)
        program = struct.pack("HxxxxxxQ", 1, ctypes.addressof(ctypes.create_string_buffer(allow)))
        room = ctypes.create_string_buffer(program)
        works(lambda: libc.prctl(22, 2, room, 0, 0))
        works(lambda: call("seccomp", 1, 0, room))
        attempts(
            off=lambda: libc.prctl(22, 0, 0, 0, 0),
            listener=lambda: call("seccomp", 1, 8, room),
            unshare=lambda: call("unshare", 0x10000000),
            privileges=lambda: libc.prctl(38, 0, 0, 0, 0),
        )
        """,
        needs="kernel",
    ),
    case(
        "other users",
        """
        header = (ctypes.c_uint32 * 2)(0x20080522, 0)
        attempts(
            user=lambda: os.setuid(0),
            users=lambda: os.setresuid(0, 0, 0),
            group=lambda: os.setgid(0),
            groups=lambda: os.setgroups([0]),
            files=lambda: libc.setfsuid(0) == libc.setfsuid(0) == 0 and os.getuid() != 0,
            capable=lambda: libc.capset(header, (ctypes.c_uint32 * 6)(*[0xFFFFFFFF] * 6)),
            kept=lambda: libc.prctl(8, 1, 0, 0, 0),
            securebits=lambda: libc.prctl(28, 1, 0, 0, 0),
            ambient=lambda: libc.prctl(47, 2, 21, 0, 0),
            map=lambda: os.write(os.open("/proc/self/uid_map", os.O_WRONLY), b"0 0 1"),
        )
        """,
        needs="privileges kernel",
    ),
    case(
        "properties of the process",
        """
        for option, value in (1, 9), (36, 1), (35, 8), (40, 1), (26, 2), (27, 1), (62, 0), (53, 0):
            if option not in (1,):
                attempts(**{f"prctl {option}": lambda: libc.prctl(option, value, 1, 1, 1)})
        """,
        needs="kernel",
    ),
    case(
        "pages between pipes and files",
        """
        import hackgym_guest
        source = os.open(hackgym_guest.__file__, os.O_RDONLY)
        before = os.pread(source, 100, 0)
        read, write = os.pipe()
        with contextlib.suppress(OSError):
            os.write(write, b"x" * 100)
            os.read(read, 100)
            os.splice(source, write, 1, offset_src=0)
            os.write(write, b"overwritten")
            room = ctypes.create_string_buffer(b"y" * 9)
            vector = (ctypes.c_uint64 * 2)(ctypes.addressof(room), 9)
            call("vmsplice", write, vector, 1, 8)
            os.write(write, b"overwritten")
        if os.pread(source, 100, 0) != before:
            print("a module has changed")
        """,
        needs="files",
    ),
    case(
        "calls of another machine",
        """
        # On its own, each makes the call for a process's number: mov eax, 20; int 0x80; ret
        code = mmap.mmap(-1, 4096, prot=7)
        code.write(bytes.fromhex("b814000000cd80c3"))
        for way in (
            ctypes.CFUNCTYPE(ctypes.c_int)(ctypes.addressof(ctypes.c_char.from_buffer(code))),
            lambda: libc.syscall(ctypes.c_long(0x40000000 + 39)),
        ):
            child = os.uname().machine == "x86_64" and os.fork()
            if child == 0 and child is not False:
                os._exit(way() == os.getpid())
            if child and os.waitstatus_to_exitcode(os.wait()[1]) == 1:
                print("answered")
        """,
        needs="kernel",
    ),
]
