"""The checklist of a case: what the applicant handed in, the Civil Servant Review, and the scans."""
