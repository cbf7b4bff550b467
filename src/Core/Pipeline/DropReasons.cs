using Footfall.Core.Warehouse;

namespace Footfall.Core.Pipeline;

/// <summary>How the ledger names a drop.</summary>
static class DropReasons
{
    public static string Outcome(this DropReason reason) => reason switch
    {
        DropReason.Duplicate => Outcomes.Duplicate,
        DropReason.Undecodable => Outcomes.Refused + "undecodable",
        DropReason.SiteDeleted => Outcomes.Refused + "site_deleted",
        DropReason.ExcludedAddress => Outcomes.Refused + "excluded_address",
        DropReason.ExcludedPath => Outcomes.Refused + "excluded_path",
        DropReason.OtherHostname => Outcomes.Refused + "other_hostname",
        DropReason.SetAside => Outcomes.SetAside,
        _ => throw new ArgumentOutOfRangeException(nameof(reason), reason, "not a drop"),
    };
}
