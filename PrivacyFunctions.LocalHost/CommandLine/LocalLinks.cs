using PrivacyFunctions.LocalHost.Sample;
using PrivacyFunctions.LocalHost.StartUp;

namespace PrivacyFunctions.LocalHost.CommandLine;

/// <summary>Where to go in a running local host.</summary>
/// <param name="Site">The app's address, such as <c>http://127.0.0.1:7071</c>, without a trailing slash.</param>
/// <param name="Desk">Likewise the desk's.</param>
internal sealed record LocalLinks(string Site, string Desk)
{
    private Link Outbox => new("Outbox", $"{Desk}/outbox", "Read the mails that the system has sent.");

    /// <summary>What the desk's first page lists; it knows its outbox itself.</summary>
    public IReadOnlyList<Link> OfTheDesk { get; } =
    [
        new("Privacy centre", $"{Site}/", "What people see: ask for your data, have it erased, end an account."),
        new("Time machine", $"{Desk}/time", "Move this machine's clock forward and see what happens next."),
        new("Sample company", $"{Desk}{CompanyPages.Path}", "Sign in as one of its people, and ask without a mail to confirm it."),
    ];

    public IEnumerable<Link> All => [OfTheDesk[0], Outbox, .. OfTheDesk.Skip(1)];
}
