"""Every word a person reads: English in the code, Korean in `ko.po`. Imports the standard library and Babel alone."""
