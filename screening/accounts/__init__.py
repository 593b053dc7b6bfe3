"""Who works at the clinic, how do they sign in, and what may they do?

Rules of this room: no password, session token or typed user name is stored, logged or
shown in a `repr`; an attempt to sign in is counted before its password is looked at;
when the database does not answer, nobody is let in.
"""
