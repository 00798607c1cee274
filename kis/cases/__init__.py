"""Cases: the applicant, the facts and their revisions, the states a case goes through."""
