using System.Globalization;
using System.Security.Cryptography;

namespace Footfall.Server.People;

/// <summary>
/// Hashes passwords with PBKDF2. A hash says how it was made, so that the cost can grow. One check takes a good part of a second of a processor:
/// only half of them are lent to it, and never the thread that a request came in on.
/// </summary>
sealed class Passwords : IDisposable
{
    const string Algorithm = "pbkdf2-sha256";
    const int Rounds = 600_000;
    const int SaltBytes = 16;
    const int HashBytes = 32;

    readonly SemaphoreSlim _turns = new(Math.Max(1, Environment.ProcessorCount / 2));

    /// <summary>Checked in place of a missing one, so that the time taken does not tell who has an account.</summary>
    readonly string _nobodys = Format(Rounds, new byte[SaltBytes], new byte[HashBytes]);

    public Task<string> HashAsync(string password) => InTurnAsync(() =>
    {
        var salt = RandomNumberGenerator.GetBytes(SaltBytes);
        return Format(Rounds, salt, Rfc2898DeriveBytes.Pbkdf2(password, salt, Rounds, HashAlgorithmName.SHA256, HashBytes));
    });

    /// <param name="stored">Null when there is none to compare with; takes as long all the same.</param>
    public Task<bool> VerifyAsync(string password, string? stored) => InTurnAsync(() =>
    {
        var parts = (stored ?? _nobodys).Split('$');
        if (parts is not [Algorithm, var rounds, var salt, var hash])
            return false;
        var expected = Convert.FromBase64String(hash);
        var actual = Rfc2898DeriveBytes.Pbkdf2(
            password, Convert.FromBase64String(salt), int.Parse(rounds, CultureInfo.InvariantCulture), HashAlgorithmName.SHA256, expected.Length);
        return CryptographicOperations.FixedTimeEquals(actual, expected) && stored is not null;
    });

    public void Dispose() => _turns.Dispose();

    async Task<T> InTurnAsync<T>(Func<T> work)
    {
        await _turns.WaitAsync();
        try
        {
            return await Task.Run(work);
        }
        finally
        {
            _turns.Release();
        }
    }

    static string Format(int rounds, byte[] salt, byte[] hash) =>
        string.Create(CultureInfo.InvariantCulture, $"{Algorithm}${rounds}${Convert.ToBase64String(salt)}${Convert.ToBase64String(hash)}");
}
