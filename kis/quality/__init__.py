"""Random samples of decided cases, looked at by somebody who had no part in them, with feedback to their officers."""
