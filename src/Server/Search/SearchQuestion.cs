using Footfall.Core.Search;
using Footfall.Core.Sites;
using Footfall.Server.Archive;

namespace Footfall.Server.Search;

/// <summary>Which raw hits of a site somebody asks for, in their words.</summary>
/// <param name="Visitor">Sixteen hexadecimal digits, as a raw hit names its visitor.</param>
/// <param name="User">The site's own id of a user.</param>
/// <param name="Event">The name of the event.</param>
/// <param name="Path">Of the page, as it was sent; <c>*</c> stands for any run of characters.</param>
/// <param name="Outcome">What it came to, as the ledger names it.</param>
/// <param name="Text">The beginnings of words, all of which must be in the hit.</param>
/// <param name="From">A day or a time, UTC unless it says otherwise.</param>
/// <param name="To">A time, exclusive, or a day, inclusive.</param>
/// <param name="Limit">How many hits at most.</param>
sealed record SearchQuestion(
    string? Visitor = null, string? User = null, string? Event = null, string? Path = null, string? Outcome = null, string? Text = null,
    string? From = null, string? To = null, int Limit = 50)
{
    /// <summary>The query; null with a problem when it cannot be made out.</summary>
    public HitQuery? Query(string site, SiteDirectory sites, out Problem? problem)
    {
        if (new HitQuestion(site, Visitor, User, From, To).Filter(sites, out problem) is not { } filter)
            return null;
        return new HitQuery(filter.Site!.Value)
        {
            Visitor = filter.Visitor,
            From = filter.From,
            To = filter.To,
            Event = Event,
            Path = Path,
            Text = Text,
            Limit = Math.Clamp(Limit, 1, HitQuery.LimitMost),
        };
    }
}
