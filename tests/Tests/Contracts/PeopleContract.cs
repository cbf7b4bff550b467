using Footfall.Core.Accounts;

namespace Footfall.Tests.Contracts;

/// <summary>What every store of members promises. A subclass per implementation opens an empty one.</summary>
public abstract class PeopleContract
{
    static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    protected abstract IPeople People { get; }

    [Fact]
    public void A_member_is_found_by_id_and_by_address_whatever_its_case_and_keeps_what_was_saved()
    {
        Assert.False(People.HasMembers);
        var ada = People.AddMember(Account.First, "Ada", "Ada@example.com", Role.Owner, password: null)!;
        Assert.True(People.HasMembers);
        Assert.True(People.UpdateMember(ada with { Name = "Ada L.", Password = "hash", SecondFactor = new byte[] { 1, 2 } }));
        var found = People.FindMember("ada@EXAMPLE.com")!;
        Assert.Equal((ada.Id, "Ada L.", "Ada@example.com", Role.Owner, "hash"), (found.Id, found.Name, found.Email, found.Role, found.Password));
        Assert.Equal([1, 2], found.SecondFactor!.Value.ToArray());
        Assert.Null(People.FindMember(ada.Id)!.LastSeenAt);
        Assert.Null(People.FindMember("bob@example.com"));
        Assert.Null(People.FindMember(ada.Id + 1));
    }

    [Fact]
    public void An_address_is_of_one_member()
    {
        var ada = People.AddMember(Account.First, "Ada", "ada@example.com", Role.Owner, null)!;
        Assert.Null(People.AddMember(Account.First, "Again", "ADA@EXAMPLE.COM", Role.Viewer, null));
        var bob = People.AddMember(Account.First, "Bob", "bob@example.com", Role.Viewer, null)!;
        Assert.False(People.UpdateMember(bob with { Email = "Ada@example.com" }));
        Assert.Equal([ada.Id, bob.Id], People.Members(Account.First).Select(member => member.Id));
    }

    [Fact]
    public void The_account_is_there_from_the_start_and_can_be_renamed()
    {
        Assert.NotNull(People.FindAccount(Account.First));
        People.RenameAccount(Account.First, "Acme");
        Assert.Equal("Acme", People.FindAccount(Account.First)!.Name);
        Assert.Null(People.FindAccount(4711));
    }

    [Fact]
    public void The_last_owner_stays()
    {
        var ada = People.AddMember(Account.First, "Ada", "ada@example.com", Role.Owner, null)!;
        Assert.False(People.ChangeRole(Account.First, ada.Id, Role.Admin));
        Assert.False(People.RemoveMember(Account.First, ada.Id));
        var bob = People.AddMember(Account.First, "Bob", "bob@example.com", Role.Owner, null)!;
        Assert.False(People.RemoveMember(2, ada.Id));
        Assert.True(People.ChangeRole(Account.First, ada.Id, Role.Admin));
        Assert.False(People.RemoveMember(Account.First, bob.Id));
        Assert.True(People.RemoveMember(Account.First, ada.Id));
    }

    [Fact]
    public async Task However_many_owners_leave_at_once_one_stays()
    {
        for (var round = 0; round < 5; round++)
        {
            var owners = Enumerable.Range(0, 4).Select(place => People.AddMember(Account.First, "Owner", $"{round}-{place}@example.com", Role.Owner, null)!).ToList();
            foreach (var before in People.Members(Account.First).Where(member => owners.All(owner => owner.Id != member.Id)))
                Assert.True(People.RemoveMember(Account.First, before.Id));
            var left = await Task.WhenAll(owners.Select((owner, place) => Task.Run(() =>
                place % 2 == 0 ? People.RemoveMember(Account.First, owner.Id) : People.ChangeRole(Account.First, owner.Id, Role.Viewer))));
            Assert.Equal(3, left.Count(done => done));
            Assert.Single(People.Members(Account.First), member => member.Role == Role.Owner);
        }
    }

    [Fact]
    public void Codes_sessions_and_links_are_spent_once_and_go_with_the_member()
    {
        var (ada, bob) = (People.AddMember(Account.First, "Ada", "ada@example.com", Role.Owner, null)!, People.AddMember(Account.First, "Bob", "bob@example.com", Role.Owner, null)!);
        Assert.True(People.SpendStep(ada.Id, 5));
        Assert.False(People.SpendStep(ada.Id, 5));
        Assert.False(People.SpendStep(ada.Id, 4));
        People.SetRecoveryCodes(ada.Id, [[1], [2]]);
        Assert.False(People.SpendRecoveryCode(bob.Id, [1]));
        Assert.True(People.SpendRecoveryCode(ada.Id, [1]));
        Assert.False(People.SpendRecoveryCode(ada.Id, [1]));
        People.SetRecoveryCodes(ada.Id, []);
        Assert.False(People.SpendRecoveryCode(ada.Id, [2]));
        People.AddOneTimeLink(new OneTimeLink(ada.Id, Now), [3]);
        Assert.Equal(new OneTimeLink(ada.Id, Now), People.FindOneTimeLink([3]));
        Assert.True(People.SpendOneTimeLink([3]));
        Assert.False(People.SpendOneTimeLink([3]));
        People.AddOneTimeLink(new OneTimeLink(null, Now), [4]);
        Assert.Null(People.FindOneTimeLink([4])!.Member);
        People.AddOneTimeLink(new OneTimeLink(ada.Id, Now), [5]);
        People.AddSession(ada.Id, [9], Now, "", "");
        Assert.True(People.RemoveMember(Account.First, ada.Id));
        Assert.Null(People.FindSession([9], out _));
        Assert.Null(People.FindOneTimeLink([5]));
    }

    [Fact]
    public void A_session_is_found_by_its_secret_and_by_the_one_before()
    {
        var ada = People.AddMember(Account.First, "Ada", "ada@example.com", Role.Owner, null)!;
        var session = People.AddSession(ada.Id, [1], Now, "Firefox", "192.0.2.1");
        Assert.Equal(session, People.FindSession([1], out var isFormer));
        Assert.False(isFormer);
        Assert.True(People.RenewSession([1], [2], Now.AddDays(1)));
        Assert.False(People.RenewSession([1], [3], Now.AddDays(1)));
        Assert.Equal(session.Id, People.FindSession([1], out isFormer)!.Id);
        Assert.True(isFormer);
        Assert.Equal(Now.AddDays(1), People.FindSession([2], out isFormer)!.RenewedAt);
        Assert.False(isFormer);
        People.SeeSession(session, Now.AddDays(2));
        Assert.Equal(Now.AddDays(2), People.FindSession([2], out _)!.LastSeenAt);
        Assert.Equal(Now.AddDays(2), People.FindMember(ada.Id)!.LastSeenAt);
        Assert.Null(People.FindSession([3], out _));
    }

    [Fact]
    public void Sessions_end_one_by_one_all_but_one_and_by_age()
    {
        var (ada, bob) = (People.AddMember(Account.First, "Ada", "ada@example.com", Role.Owner, null)!, People.AddMember(Account.First, "Bob", "bob@example.com", Role.Viewer, null)!);
        var sessions = Enumerable.Range(1, 4).Select(place => People.AddSession(ada.Id, [(byte)place], Now.AddMinutes(place), "", "")).ToList();
        People.AddSession(bob.Id, [9], Now.AddDays(1), "", "");
        Assert.Equal(sessions.Select(session => session.Id).Reverse(), People.Sessions(ada.Id).Select(session => session.Id));
        Assert.False(People.RemoveSession(bob.Id, sessions[0].Id));
        Assert.True(People.RemoveSession(ada.Id, sessions[0].Id));
        People.RemoveSessions(ada.Id, but: sessions[1].Id);
        Assert.Equal(sessions[1].Id, Assert.Single(People.Sessions(ada.Id)).Id);
        People.Forget(Now, begunBefore: Now.AddMinutes(30), seenBefore: Now);
        Assert.Empty(People.Sessions(ada.Id));
        Assert.Single(People.Sessions(bob.Id));
    }

    [Fact]
    public void An_invitation_takes_the_place_of_an_earlier_one_and_is_forgotten_when_it_has_expired()
    {
        People.AddInvitation(Account.First, "bob@example.com", Role.Viewer, [1], Now.AddDays(1));
        var invitation = People.AddInvitation(Account.First, "BOB@example.com", Role.Editor, [2], Now.AddDays(2));
        Assert.Null(People.FindInvitation([1]));
        Assert.Equal(invitation, People.FindInvitation([2]));
        Assert.Equal([invitation], People.Invitations(Account.First));
        Assert.False(People.RemoveInvitation(2, invitation.Id));
        People.Forget(Now.AddDays(1), Now, Now);
        Assert.NotNull(People.FindInvitation([2]));
        People.AddOneTimeLink(new OneTimeLink(null, Now.AddDays(2)), [7]);
        People.Forget(Now.AddDays(3), Now, Now);
        Assert.Null(People.FindInvitation([2]));
        Assert.Null(People.FindOneTimeLink([7]));
        var another = People.AddInvitation(Account.First, "eve@example.com", Role.Editor, [3], Now.AddDays(2));
        Assert.True(People.RemoveInvitation(Account.First, another.Id));
    }
}
