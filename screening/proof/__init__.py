"""What will a definition do, for every possible patient?

The engine works one record out; here the same steps and the same typed trees are gone
through with an unknown in place of every answer, and a solver looks for the record
that would break a property. What it finds is a patient that the engine then evaluates.
This is the only room that knows the solver.
"""
