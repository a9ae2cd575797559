"""Who and where: the schools of a district, their people, and the timetable they share."""
