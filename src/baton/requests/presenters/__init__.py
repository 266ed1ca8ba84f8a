"""What pages about requests say."""
