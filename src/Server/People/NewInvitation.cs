namespace Footfall.Server.People;

/// <param name="Address">The link to send, relative to the server's address; shown once.</param>
sealed record NewInvitation(int Id, string Email, string Role, DateTimeOffset ExpiresAt, string Address);
