"""How is the clinic told, by mail, of what can't wait?

Rules of this room: a mail says that something waits and where, nothing of anybody; it
is the same for every patient. A notice is sent at least once and never given up.
"""
