using Footfall.Core.Accounts;

namespace Footfall.Server.People;

/// <summary>Who is signed in, as the API shows it.</summary>
sealed record PersonDocument(int Id, string Name, string Email, bool SecondFactor)
{
    public static PersonDocument Of(Member member) => new(member.Id, member.Name, member.Email, member.SecondFactor is not null);
}
