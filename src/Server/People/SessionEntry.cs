using Footfall.Core.Accounts;

namespace Footfall.Server.People;

/// <summary>A session as the API lists it.</summary>
/// <param name="Current">The one that asks.</param>
sealed record SessionEntry(int Id, DateTimeOffset CreatedAt, DateTimeOffset LastSeenAt, string UserAgent, string Address, bool Current)
{
    public static SessionEntry Of(Session session, Session? own) =>
        new(session.Id, session.CreatedAt, session.LastSeenAt, session.UserAgent, session.Address, session.Id == own?.Id);
}
