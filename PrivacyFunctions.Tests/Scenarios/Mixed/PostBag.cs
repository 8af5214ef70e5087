using System.Text.RegularExpressions;
using PrivacyFunctions.LocalHost.Outbox;
using PrivacyFunctions.Tests.Scenarios.Support;

namespace PrivacyFunctions.Tests.Scenarios.Mixed;

/// <summary>Brings each mail that came to the case that it is about, and to whoever acts on it.</summary>
internal sealed partial class PostBag(MixedWorld world, PersonActs people, OperatorActs operators, OwnerActs owners, ProfileLook profiles)
{
    private static readonly string[] Recipients = [Notifying.Reseller, Notifying.Organiser, Notifying.Payments];

    private readonly Newcomers _newcomers = new(world, operators);
    private readonly Dictionary<string, StoredMail> _seen = [];
    private long _last;

    /// <summary>All mails that came, each once.</summary>
    public IReadOnlyCollection<StoredMail> All => _seen.Values;

    /// <summary>
    /// On which days a mail may come twice under the same Message-ID: the provider said that it had failed, or the host died in between.
    /// </summary>
    public required IReadOnlySet<DateOnly> Troubled { get; init; }

    /// <summary>Brings what came since the last time.</summary>
    public async Task BringAsync()
    {
        foreach (var mail in await world.Host.Outbox.AllAsync(null, after: _last))
        {
            _last = mail.Id;
            if (!_seen.TryAdd(mail.Headers["Message-ID"], mail))
            {
                // The first copy may have come while the provider said that it had failed, and the second when somebody tried again the day after.
                if (!Troubled.Contains(Owing.DayOf(mail.ReceivedAt)) && !Troubled.Contains(Owing.DayOf(_seen[mail.Headers["Message-ID"]].ReceivedAt))) world.Complain(null, $"\"{mail.Subject}\" came twice, on {mail.ReceivedAt:yyyy-MM-dd HH:mm}.");
                continue;
            }

            if (Reference().Match(mail.Text!) is { Success: true } found) await BringAsync(mail, found.Groups[1].Value);
        }
    }

    private async Task BringAsync(StoredMail mail, string reference)
    {
        var toOfficer = mail.To.Single().Email == ErasureMails.Officer;
        if ((world.Find(reference) ?? await _newcomers.FindAsync(reference, mail)) is not { } story)
        {
            world.Complain(null, $"\"{mail.Subject}\" is about {reference}, of which nobody knows.");
        }
        else if (toOfficer)
        {
            story.Notices.Add(mail);
            operators.Hear(story, mail);
        }
        else if (Recipients.Contains(mail.To.Single().Email))
        {
            if (mail.Text!.Contains(story.Address, StringComparison.OrdinalIgnoreCase)) world.Complain(story, $"\"{mail.Subject}\" names the person.");
        }
        else if (mail.To.Single().Email == story.Agent)
        {
            story.AgentLetters.Add(mail);
            if (story.Person.Addresses.Append(story.Person.Name).Any(trace => $"{mail.Subject} {mail.Text}".Contains(trace, StringComparison.OrdinalIgnoreCase)))
                world.Complain(story, $"\"{mail.Subject}\" tells the agent who the person is.");
        }
        else
        {
            if (!story.Mailboxes.Contains(mail.To.Single().Email)) world.Complain(story, $"\"{mail.Subject}\" went to somebody else.");
            story.Letters.Add(mail);
            if (story.Kind == Wish.Termination) owners.Hear(story, mail);
            else people.Hear(story, mail);
            if (mail.Subject == Wish.Keeps && mail.Text!.Contains("You have written to us", StringComparison.Ordinal)) operators.HearOfALapse(story, mail);
            await profiles.AfterErasureAsync(story, mail);
        }
    }

    [GeneratedRegex("Reference: ([0-9a-f]{32})")]
    private static partial Regex Reference();
}
