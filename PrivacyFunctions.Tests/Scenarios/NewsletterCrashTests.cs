using System.Text;
using Azure.Data.Tables;
using PrivacyFunctions.DataMap;
using PrivacyFunctions.Subjects;
using PrivacyFunctions.Tests.Scenarios.Support;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Scenarios;

/// <summary>A newsletter whose host dies on the way reaches everybody who wants it, and nobody twice.</summary>
[Clause("M-UNSUB")]
public class NewsletterCrashTests
{
    private static readonly TimeSpan UntilTakenUp = TimeSpan.FromMinutes(2);

    [LocalFact]
    public async Task Newsletter_HostKilledAtEveryStep_ReachesEverybodyOnceAndIsForgotten()
    {
        await using var host = await MortalHost.StartAsync(crashAt: "before:start", seeded: false, nights: false);
        await SmallCompany.FoundAsync(host, accounts: 0);
        var newsletter = SentNewsletters.FreshName();
        var readers = await host.SubscribeManyAsync(newsletter, 230); // three pages
        const string Key = "the order that is repeated";

        // Stored, but not started: the one-minute timer takes it up.
        await host.DiesDuringAsync(() => host.OrderAsync(newsletter, "News", Key));
        await host.RunAsync(crashAt: "before:SendNewsletterPage");
        await host.DiesDuringAsync(() => host.PassAsync(UntilTakenUp));
        await host.RunUntilItDiesAsync("after:SendNewsletterPage");
        await host.RunUntilItDiesAsync("after:FinishNewsletter");
        await host.RunAsync(crashAt: "after:ForgetRecipients");

        var path = await host.OrderAsync(newsletter, "News", Key); // repeated, it is the same campaign
        Assert.Equal((readers.Count, 0, 0, 0), await host.CountsAsync(path));
        Assert.Equal(readers, await host.RecipientsAsync("News"));
        Assert.Equal(readers.Count, await CountAsync(host, "privacyNewsletterMails"));
        Assert.Equal(1, await CountAsync(host, "privacyCampaigns")); // the places in the list, which name people, are gone
        foreach (var reader in readers) Assert.False(await RecordsLook.HoldAsync(host.Storage, reader));

        await host.DiesDuringAsync(() => host.PassAsync(TimeSpan.FromDays(30)));
        await host.RunAsync();
        await host.UntilAsync(async () => await CountAsync(host, "privacyNewsletterMails") == 0);
        Assert.Equal((readers.Count, 0, 0, 0), await host.CountsAsync(path));

        // Nothing that the engine wrote down names a reader, in the clear or as the list's key.
        await host.KillAsync();
        var written = string.Concat(Directory.EnumerateFiles(host.Folder, "engine.db*")
            .Select(file => Encoding.UTF8.GetString(File.ReadAllBytes(file))));
        Assert.Matches("""Number(?:\\u0022|\W)+3\W""", written); // the third page
        foreach (var reader in readers)
        {
            Assert.DoesNotContain(reader, written, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain(KeyPath.Encode(EmailAddress.Parse(reader)), written);
        }
    }

    [LocalFact]
    public async Task Newsletter_HostKilledInTheMiddleOfAPage_ReachesNobodyTwiceAndParksAtMostThoseUnderWay()
    {
        await using var host = await LocalHostProcess.StartAsync(seeded: false, nights: false);
        await SmallCompany.FoundAsync(host, accounts: 0);
        var newsletter = SentNewsletters.FreshName();
        var readers = await host.SubscribeManyAsync(newsletter, 90);
        var path = await host.OrderAsync(newsletter, "News");
        await host.UntilAsync(async () => (await host.Outbox.AllAsync(null, "News")).Count > 5);
        await host.KillAsync();
        await host.RunAsync();

        var counts = await host.CountsAsync(path);
        var reached = await host.RecipientsAsync("News");
        Assert.Equal(reached.Distinct(), reached);
        Assert.Subset(readers.ToHashSet(), reached.ToHashSet());
        Assert.Equal(readers.Count, counts.Sent + counts.Parked);
        Assert.InRange(counts.Parked, 0, 8);
        Assert.InRange(reached.Count, counts.Sent, readers.Count); // of the parked some went, nobody knows which
    }

    private static async Task<int> CountAsync(ScenarioHost host, string table) =>
        await new TableServiceClient(host.Storage).GetTableClient(table).QueryAsync<TableEntity>().CountAsync();
}
