using Footfall.Core.Accounts;
using Footfall.Core.Reports;

namespace Footfall.Server.Share;

/// <summary>A shared link as the API shows it to who may share.</summary>
/// <param name="Address">Relative to the server's.</param>
/// <param name="Password">Whether one is asked for.</param>
sealed record LinkDocument(int Id, string Name, string Token, string Address, bool Password, IReadOnlyList<FilterRequest> Filters)
{
    public static LinkDocument Of(SharedLink link) =>
        new(link.Id, link.Name, link.Token, "/share/" + link.Token, link.Password is not null, Views.FiltersOf(link.Filters));
}
