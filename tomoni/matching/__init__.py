"""Local issues, offers and wishes, and who might meet whom, with reasons. It proposes; people introduce."""
