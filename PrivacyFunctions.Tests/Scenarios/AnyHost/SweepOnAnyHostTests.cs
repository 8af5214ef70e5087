using System.Text;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using PrivacyFunctions.Tests.Scenarios.Support;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Scenarios.AnyHost;

/// <summary>What is past its end goes by the next sweep, unless something protects it, on whatever host.</summary>
[Clause("K-SCHEDULE")]
public class SweepOnAnyHostTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.UtcNow;
    private static readonly DateTimeOffset LongAgo = Now.AddYears(-12);

    [Fact]
    public async Task Records_PastTheirEnd_GoAndTheOthersStayAndTheReportSaysSo()
    {
        await using var host = await ScenarioHost.WhereTimePassesAsync();
        var (person, id) = await SmallCompany.JoinAsPersonAsync(host);
        var key = DailySweeps.KeyOf(person.Address);
        await host.WriteAsync("companyUsage", id, "old", ("At", LongAgo));
        await host.WriteAsync("companyUsage", id, "young", ("At", Now.AddDays(-1)));
        await host.WriteAsync("companyUsage", id, "nonsense", ("At", "last summer"));
        await host.WriteAsync("companyUsage", id, "none");
        await host.WriteAsync("companyUsage", "who@example.com", "old", ("At", LongAgo)); // not as we make keys
        await host.WriteAsync("companyNewsletters", key, "left", ("SubscribedAt", LongAgo), ("UnsubscribedAt", LongAgo.AddYears(1)));
        await host.WriteAsync("companyNewsletters", key, "came-back", ("SubscribedAt", Now.AddDays(-1)), ("UnsubscribedAt", LongAgo));
        await host.WriteAsync("companyNewsletters", key, "reads", ("SubscribedAt", LongAgo));
        await host.WriteAsync("companyPayments", id, "old", ("PaidAt", LongAgo)); // its ground is over
        await host.WriteAsync("companyForumPosts", id, "post", ("PostedAt", LongAgo), ("DisplayName", "A name"), ("Text", "A text"));
        var blobs = new BlobServiceClient(host.Storage).GetBlobContainerClient("company-support");
        foreach (var (ticket, closed) in new[] { ("T-old", LongAgo), ("T-young", Now) })
        {
            await WriteAsync($"{key}/{ticket}/conversation.json", $$"""{"Ticket":"{{ticket}}","ClosedAt":"{{closed:O}}"}""");
            await WriteAsync($"{key}/{ticket}/attachments/a.txt", "A file");
        }

        string[] sets = ["usage-log", "newsletter-subscriptions", "payments", "forum-posts", "support-conversations"];
        var day = await host.SweepAsync(sets);

        Assert.Equal(["none", "nonsense", "young"], await host.RowsOfAsync("companyUsage", id));
        Assert.Equal(["old"], await host.RowsOfAsync("companyUsage", "who@example.com"));
        Assert.Equal(["came-back", "reads"], await host.RowsOfAsync("companyNewsletters", key));
        Assert.Empty(await host.RowsOfAsync("companyPayments", id));
        Assert.Empty(await host.RowsOfAsync("companyForumPosts", id)); // what is left of it is nobody's
        Assert.Equal(
            [$"{key}/T-young/attachments/a.txt", $"{key}/T-young/conversation.json"],
            await blobs.GetBlobsAsync(BlobTraits.None, BlobStates.None, $"{key}/", CancellationToken.None).Select(blob => blob.Name).ToListAsync());
        foreach (var set in sets) Assert.InRange((await host.SweepOfAsync(day, set)).Count("gone"), 1, long.MaxValue);
        var usage = await host.SweepOfAsync(day, "usage-log");
        foreach (var what in new[] { "notYet", "noDate", "unreadable", "noOwner" }) Assert.InRange(usage.Count(what), 1, long.MaxValue);
        Assert.DoesNotContain(id, usage.GetRawText(), StringComparison.Ordinal);

        Task WriteAsync(string name, string content) => blobs.GetBlobClient(name).UploadAsync(new BinaryData(Encoding.UTF8.GetBytes(content)), overwrite: true);
    }

    [Fact]
    [Clause("K-EXTEND")]
    public async Task Records_OfAPersonWithAHold_StayAndAreListedUntilItsRelease()
    {
        await using var host = await ScenarioHost.WhereTimePassesAsync();
        var (person, id) = await SmallCompany.JoinAsPersonAsync(host);
        var second = await SmallCompany.AddAddressAsync(host, id);
        var (held, other) = ($"h-{Guid.NewGuid():N}", await SmallCompany.JoinAsPersonAsync(host));
        await host.WriteAsync("companyUsage", id, "old", ("At", LongAgo));
        await host.WriteAsync("companyUsage", other.Id, "old", ("At", LongAgo));
        await host.OperateAsync("holds", new // not used any more, and kept no longer for that
        {
            email = other.Person.Address, id = $"o-{Guid.NewGuid():N}", kind = "objection", ground = "A letter.", owner = "dpo", reviewOn = "2100-01-31",
        });
        var referee = DailySweeps.KeyOf(other.Person.Address); // a row of both: what one's hold keeps, the other's end does not take
        await host.WriteAsync("companyReferrals", referee, "r-1", ("ReferrerPersonId", id), ("ReferredAt", LongAgo));
        await host.WriteAsync("companyReferrals", referee, "r-2", ("ReferrerPersonId", other.Id), ("ReferredAt", LongAgo));
        await host.WriteAsync("companyNewsletters", DailySweeps.KeyOf(second.Address), "left", ("UnsubscribedAt", LongAgo));
        await host.OperateAsync("holds", new
        {
            email = person.Address, id = held, kind = "restriction", ground = $"Accuracy is looked into: {held}.", owner = "dpo",
            reviewOn = "2100-01-31",
        });

        string[] sets = ["usage-log", "newsletter-subscriptions", "referrals-received", "referrals-made"];
        var day = await host.SweepAsync(sets);

        Assert.Contains("r-1", await host.RowsOfAsync("companyReferrals", referee));
        Assert.Equal(["old"], await host.RowsOfAsync("companyUsage", id));
        Assert.Equal(["left"], await host.RowsOfAsync("companyNewsletters", DailySweeps.KeyOf(second.Address)));
        Assert.Empty(await host.RowsOfAsync("companyUsage", other.Id));
        foreach (var set in sets)
        {
            var kept = (await host.KeptAsync(day, set)).Single(kept => kept.GetRawText().Contains(held, StringComparison.Ordinal));
            Assert.Equal(1, kept.GetProperty("records").GetInt64());
            var by = kept.GetProperty("by");
            Assert.Equal(
                ("restriction", "dpo", "2100-01-31"),
                (by.GetProperty("kind").GetString(), by.GetProperty("owner").GetString(), by.GetProperty("reviewOn").GetString()));
            Assert.InRange((await host.SweepOfAsync(day, set)).Count("kept"), 1, long.MaxValue);
        }

        await host.OperateAsync("holds/release", new { email = person.Address, id = held });
        // One of two sets may have changed a row while the other was about to take it: then a later sweep does.
        for (var sweeps = 0; sweeps < 5 && (sweeps == 0 || (await host.RowsOfAsync("companyReferrals", referee)).Count > 0); sweeps++)
            await host.SweepAsync(sets);

        Assert.Empty(await host.RowsOfAsync("companyReferrals", referee));
        Assert.Empty(await host.RowsOfAsync("companyUsage", id));
        Assert.Empty(await host.RowsOfAsync("companyNewsletters", DailySweeps.KeyOf(second.Address)));
    }
}
