"""What a questionnaire means. Pure: no clock, no chance, no input, no framework."""
