"""What joins cases with documents, pre-check or letters: allocation and the work of leavers."""
