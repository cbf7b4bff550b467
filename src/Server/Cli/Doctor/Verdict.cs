namespace Footfall.Server.Cli.Doctor;

enum Verdict
{
    Ok,

    /// <summary>Works, and should be looked at.</summary>
    Warn,

    /// <summary>Does not work as it must.</summary>
    Fail,
}
