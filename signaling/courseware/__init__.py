"""Courseware: a file of a teacher's becomes pages that any browser can show safely."""
