namespace Footfall.Core.Accounts;

/// <summary>
/// Members, their sessions, and the links that bring them in. Every change is durable when the call returns. Hashes are SHA-256 of whole secrets
/// of at least 10 random bytes. Thread-safe.
/// </summary>
public interface IPeople
{
    /// <summary>Whether anybody has signed up.</summary>
    bool HasMembers { get; }

    Account? FindAccount(int id);

    void RenameAccount(int id, string name);

    Member? FindMember(int id);

    Member? FindMember(string email);

    /// <summary>The members of an account by name.</summary>
    IReadOnlyList<Member> Members(int account);

    /// <summary>Adds a member; null when the address is another member's.</summary>
    Member? AddMember(int account, string name, string email, Role role, string? password);

    /// <summary>Saves name, address, password and second factor of a member; false when the address is another member's.</summary>
    bool UpdateMember(Member member);

    /// <summary>Changes a member's role; false when it would leave the account without an owner, or there is no such member.</summary>
    bool ChangeRole(int account, int member, Role role);

    /// <summary>Removes a member with all sessions; false when it would leave the account without an owner, or there is no such member.</summary>
    bool RemoveMember(int account, int member);

    /// <summary>Counts a code of the second factor as used; false when it or a later one was used before, so that none works twice.</summary>
    bool SpendStep(int member, long step);

    /// <summary>Replaces the recovery codes of a member.</summary>
    void SetRecoveryCodes(int member, IReadOnlyList<byte[]> hashes);

    /// <summary>Takes a recovery code away; false when it is none, or was used before.</summary>
    bool SpendRecoveryCode(int member, byte[] hash);

    Session AddSession(int member, byte[] hash, DateTimeOffset now, string userAgent, string address);

    /// <summary>The session of a secret, or of the secret it had before the latest renewal.</summary>
    Session? FindSession(byte[] hash, out bool isFormer);

    IReadOnlyList<Session> Sessions(int member);

    void SeeSession(Session session, DateTimeOffset now);

    /// <summary>Gives a session another secret; false when another call already has. The one it had is found beside it until the next renewal.</summary>
    bool RenewSession(byte[] former, byte[] hash, DateTimeOffset now);

    bool RemoveSession(int member, int id);

    /// <summary>Ends the sessions of a member.</summary>
    /// <param name="but">The one that goes on, or 0.</param>
    void RemoveSessions(int member, int but);

    /// <summary>Forgets what has expired: sessions begun or last seen too long ago, links and invitations.</summary>
    void Forget(DateTimeOffset now, DateTimeOffset begunBefore, DateTimeOffset seenBefore);

    void AddOneTimeLink(OneTimeLink link, byte[] hash);

    OneTimeLink? FindOneTimeLink(byte[] hash);

    /// <summary>Takes a link away; false when another call already has.</summary>
    bool SpendOneTimeLink(byte[] hash);

    /// <summary>Invites, in place of an earlier invitation to the same address.</summary>
    Invitation AddInvitation(int account, string email, Role role, byte[] hash, DateTimeOffset expiresAt);

    IReadOnlyList<Invitation> Invitations(int account);

    Invitation? FindInvitation(byte[] hash);

    bool RemoveInvitation(int account, int id);
}
