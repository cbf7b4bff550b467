namespace Footfall.Server.People;

/// <param name="RecoveryCodes">Each signs in once in place of the app; shown once.</param>
sealed record RecoveryCodesDocument(IReadOnlyList<string> RecoveryCodes);
