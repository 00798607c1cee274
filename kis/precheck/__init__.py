"""Pre-checks of cases: runs, stored findings, and where officers depart from them."""
