using Footfall.Core.Visits;

namespace Footfall.Tests.Visits;

public sealed class VisitBookTests
{
    const long Minute = 60_000;
    static readonly VisitorKey Someone = new(1, 7, 0, false);

    [Fact]
    public void A_visit_ends_after_thirty_idle_minutes()
    {
        var book = new VisitBook(100);
        Assert.Equal(1, book.Assign(Someone, 0, 30 * Minute, 1).Visit);
        Assert.Equal(1, book.Assign(Someone, (30 * Minute) - 1, 30 * Minute, 2).Visit);
        Assert.Equal(2, book.Assign(Someone, (60 * Minute) - 1, 30 * Minute, 2).Visit);
    }

    [Fact]
    public void A_late_event_between_two_visits_makes_them_one()
    {
        var book = new VisitBook(100);
        book.Assign(Someone, 0, 30 * Minute, 1);
        book.Assign(Someone, 50 * Minute, 30 * Minute, 2);
        var joined = book.Assign(Someone, 25 * Minute, 30 * Minute, 3);
        Assert.Equal((1, 2), (joined.Visit, joined.Joined));
        Assert.Equal(1, book.Assign(Someone, 70 * Minute, 30 * Minute, 3).Visit);
    }

    [Fact]
    public void A_visit_lasts_a_day_at_most()
    {
        var book = new VisitBook(100);
        for (var minute = 0L; minute < 24 * 60; minute += 20)
            Assert.Equal(1, book.Assign(Someone, minute * Minute, 30 * Minute, minute == 0 ? 1 : 2).Visit);
        Assert.Equal(2, book.Assign(Someone, 24 * 60 * Minute, 30 * Minute, 2).Visit);
    }

    [Fact]
    public void A_session_id_decides_alone()
    {
        var book = new VisitBook(100);
        var session = Someone with { SessionKey = 9 };
        Assert.Equal(1, book.Assign(session, 0, 30 * Minute, 1).Visit);
        Assert.Equal(1, book.Assign(session, 300 * Minute, 30 * Minute, 2).Visit);
        Assert.Equal(2, book.Assign(session with { SessionKey = 10 }, 300 * Minute, 30 * Minute, 2).Visit);
    }

    [Fact]
    public void Whom_it_forgot_it_does_not_claim_to_know()
    {
        var book = new VisitBook(4);
        for (var visitor = 1UL; visitor <= 12; visitor++)
        {
            book.Assign(Someone with { Visitor = visitor }, (long)visitor * Minute, 30 * Minute, (long)visitor);
            book.Trim();
        }
        Assert.False(book.Knows(Someone with { Visitor = 1 }, Minute, 30 * Minute));
        Assert.True(book.Knows(Someone with { Visitor = 1 }, 1000 * Minute, 30 * Minute));
        book.Learn(Someone with { Visitor = 1 }, [new VisitSpan(1, Minute, Minute)]);
        Assert.Equal(1, book.Assign(Someone with { Visitor = 1 }, 2 * Minute, 30 * Minute, 99).Visit);
    }
}
