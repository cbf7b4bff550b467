namespace Footfall.Server.Cli.Doctor;

/// <summary>What a check found.</summary>
/// <param name="Advice">What to do about it; null when all is well.</param>
sealed record Finding(Verdict Verdict, string Check, string What, string? Advice = null)
{
    public static Finding Ok(string check, string what) => new(Verdict.Ok, check, what);

    public static Finding Warn(string check, string what, string advice) => new(Verdict.Warn, check, what, advice);

    public static Finding Fail(string check, string what, string advice) => new(Verdict.Fail, check, what, advice);
}
