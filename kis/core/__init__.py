"""What every feature stands on: database, access, requests, time, files, jobs."""
