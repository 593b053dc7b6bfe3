from screening.web.guards.field_count import MOST_FIELDS


def test_500_fields_are_taken(post):
    fields = b"&".join(b"f%d=1" % number for number in range(MOST_FIELDS - 1))

    response = post(fields)

    assert response.status_code == 200
    assert len(response.json) == MOST_FIELDS


def test_501_fields_are_refused_with_400(post):
    fields = b"&".join(b"f%d=1" % number for number in range(MOST_FIELDS))

    response = post(fields)

    assert response.status_code == 400
