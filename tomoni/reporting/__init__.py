"""The yearly request (庁内照会): each line is asked, answered, confirmed, assessed by the committee and published."""
