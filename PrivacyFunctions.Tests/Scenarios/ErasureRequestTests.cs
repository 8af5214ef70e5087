using System.Net;
using Azure.Data.Tables;
using PrivacyFunctions.DataMap;
using PrivacyFunctions.LocalHost.Sample;
using PrivacyFunctions.Subjects;
using PrivacyFunctions.Tests.Scenarios.AnyHost;
using PrivacyFunctions.Tests.Scenarios.Support;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Scenarios;

/// <summary>From the form to the mail that says what was erased and what is kept, as people and operators live it.</summary>
[Clause("R-ERASE")]
public class ErasureRequestTests
{
    [LocalFact("compares all that the company holds", typeof(ErasureOnAnyHostTests))]
    [Clause("T-FORUM")]
    [Clause("T-PROCESSOR")]
    public async Task Erasure_AwkwardPeople_TakesExactlyTheirsByTheMapAndNothingElse()
    {
        await using var host = await LocalHostHere.StartAsync();
        var before = await CompanyLook.AllAsync(host.Storage);
        string[] addresses = [SamplePeople.OtherScript, SamplePeople.TwoAddresses, SamplePeople.VeryActive];
        foreach (var address in addresses)
        {
            var person = new DataSubject(host, address);
            var reference = await person.AskToEraseAsync();
            await host.ApproveWaitingPlanAsync(reference);
            var view = await host.UntilAsync(reference, found => found.Status() == "closed");
            Assert.Equal("erased", view.Outcome());
            Assert.True(view.ChainIsIntact());
        }

        var after = await CompanyLook.AllAsync(host.Storage);
        var (removed, changed) = await ExpectedAsync(host, addresses);
        Assert.Equal(removed.Order(), before.Keys.Except(after.Keys).Order());
        Assert.Equal(changed.Order(), before.Keys.Where(key => after.TryGetValue(key, out var now) && now != before[key]).Order());

        // The posts are still there, and nothing in them names anybody.
        var posts = before.Where(item => removed.Contains(item.Key) && item.Key.StartsWith("companyForumPosts", StringComparison.Ordinal));
        var anonymous = after.Where(item => !before.ContainsKey(item.Key)).ToList();
        Assert.All(anonymous, post => Assert.StartsWith("companyForumPosts/~anonymous-", post.Key));
        Assert.Equal(posts.Select(post => WithoutName(post.Value)).Order(), anonymous.Select(post => post.Value).Order());
    }

    [Fact]
    [Clause("L6")]
    public async Task Erasure_KnownPerson_IsToldWhatWasErasedWhatIsKeptAndWhy()
    {
        var host = await ScenarioHost.SharedAsync();
        var payer = SamplePeople.All.Where((_, index) => index >= 100).First(person => Paid(person));
        var person = new DataSubject(host, payer.Address);
        var reference = await person.AskToEraseAsync();
        var plan = await host.ApproveWaitingPlanAsync(reference);
        var view = await host.UntilAsync(reference, found => found.Status() == "closed");
        var mail = (await host.Outbox.ReceiveAsync(payer.Address, ErasureMails.Done)).Text!;

        Assert.Equal("retain", plan.Line("payments").GetProperty("action").GetString());
        Assert.Contains("Erased: Your account and profile", mail);
        Assert.Contains("Kept: Your payments.", mail);
        Assert.Contains("A legal obligation under tax and accounting law (Art. 17(3)(b)).", mail);
        Assert.Contains("6 years after the payment", mail);
        Assert.Contains("Our backups may hold older copies for at most 28 more days.", mail);
        Assert.Contains("What our customers keep in our products is theirs", mail);
        Assert.Contains("you can complain to the data protection authority", mail);
        Assert.Contains("You can also go to court", mail);
        Assert.Equal(0, await host.RowsAsync("companyProfiles", payer.Id));
        Assert.Equal(0, await host.RowsAsync("companyUsage", payer.Id));
        Assert.NotEqual(0, await host.RowsAsync("companyPayments", payer.Id));
        Assert.Equal(["rescanned", "closed"], view.Steps().TakeLast(2));
        using (var again = await person.PostAsync(await person.LinkAsync(Mails.Confirm)))
            Assert.Equal(HttpStatusCode.OK, again.StatusCode); // the button was pressed twice: it is answered already
        Assert.Contains(
            await host.Outbox.AllAsync(ErasureMails.Officer, ErasureMails.Recipients),
            sent => sent.Text!.Contains(reference, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(SamplePeople.InNothing)]
    [InlineData(null)]
    [Clause("T-PROCESSOR")]
    public async Task Erasure_NothingHeld_IsToldSoWithoutAnApproval(string? nobody)
    {
        var host = await ScenarioHost.SharedAsync();
        var address = nobody ?? SamplePeople.All.Last(IsInCustomersDataOnly).Address;
        var person = new DataSubject(host, address);
        var reference = await person.AskToEraseAsync();
        var view = await host.UntilAsync(reference, found => found.Status() == "closed");
        var mail = (await host.Outbox.ReceiveAsync(address, ErasureMails.Nothing)).Text!;

        Assert.Equal("answered", view.Outcome());
        Assert.Equal(["confirmed", "identifiers-captured", "plan-made", "rescanned", "closed"], view.Facts().TakeLast(5));
        Assert.Contains("found nothing about the owner of this mailbox", mail);
        Assert.Contains("please ask that company", mail); // the same words whether or not a customer holds anything
        await host.UntilAsync(async () => await host.RowsAsync("privacyContacts", reference) == 0);
    }

    [Fact]
    [Clause("K-EXTEND")]
    public async Task Erasure_HeldDataSet_StaysWithItsGroundAndTheRestGoes()
    {
        var host = await ScenarioHost.SharedAsync();
        var held = SamplePeople.All[121];
        await host.OperateAsync("holds", new
        {
            email = held.Address, id = "claim-7", kind = "legal", dataSet = "usage-log",
            ground = "a claim of 2026", owner = "legal", reviewOn = "2027-01-31",
        });
        var usage = await host.RowsAsync("companyUsage", held.Id);
        Assert.NotEqual(0, usage);
        var person = new DataSubject(host, held.Address);
        var reference = await person.AskToEraseAsync();
        var line = (await host.ApproveWaitingPlanAsync(reference)).Line("usage-log");
        await host.UntilAsync(reference, found => found.Status() == "closed");

        Assert.Equal(
            ("retain", "a claim of 2026", "legal", "2027-01-31"),
            (line.GetProperty("action").GetString(), line.GetProperty("ground").GetString(),
                line.GetProperty("owner").GetString(), line.GetProperty("reviewOn").GetString()));
        Assert.Equal(usage, await host.RowsAsync("companyUsage", held.Id));
        Assert.Equal(0, await host.RowsAsync("companyProfiles", held.Id));
        var mail = (await host.Outbox.ReceiveAsync(held.Address, ErasureMails.Done)).Text!;
        Assert.Contains("Kept: How you used our websites and products. It is needed for a legal duty or a legal claim", mail);
        Assert.DoesNotContain("a claim of 2026", mail); // the hold's own words are not for the person
    }

    [Fact]
    [Clause("K-EXTEND")]
    public async Task Erasure_RowOfTwoDataSets_IsNotDestroyedWhereOneOfThemIsHeld()
    {
        var host = await ScenarioHost.SharedAsync();
        var person = SamplePeople.All[127];
        var partition = KeyPath.Encode(EmailAddress.Parse(person.Address));
        await new TableServiceClient(host.Storage).GetTableClient("companyReferrals").AddEntityAsync(
            new TableEntity(partition, "of-myself")
            {
                ["RefereeEmail"] = person.Address, ["ReferrerPersonId"] = person.Id, ["ReferredAt"] = DateTimeOffset.UtcNow,
            });
        await host.OperateAsync("holds", new
        {
            email = person.Address, id = "claim-8", kind = "legal", dataSet = "referrals-made", ground = "a claim",
            owner = "legal", reviewOn = "2027-01-31",
        });
        var reference = await new DataSubject(host, person.Address).AskToEraseAsync();
        await host.ApproveWaitingPlanAsync(reference);
        var view = await host.UntilAsync(reference, found => found.Status() == "closed");

        Assert.Equal("erased", view.Outcome());
        Assert.Equal(1, await host.RowsAsync("companyReferrals", partition));
        Assert.Equal(0, await host.RowsAsync("companyProfiles", person.Id));
    }

    [Fact]
    [Clause("K-SCHEDULE")]
    [Clause("C-RECIPIENTS")]
    public async Task Erasure_PaymentWhoseTimeIsOver_IsErasedBesideTheOnesThatAreKept()
    {
        var host = await ScenarioHost.SharedAsync();
        var person = SamplePeople.All[128];
        var table = new TableServiceClient(host.Storage).GetTableClient("companyPayments");
        foreach (var (invoice, years) in new[] { ("INV-OLD", -7), ("INV-NEW", -5) })
            await table.AddEntityAsync(
                new TableEntity(person.Id, invoice) { ["PaidAt"] = DateTimeOffset.UtcNow.AddYears(years) });
        var before = await host.RowsAsync("companyPayments", person.Id);
        var reference = await new DataSubject(host, person.Address).AskToEraseAsync();
        await host.ApproveWaitingPlanAsync(reference);
        await host.UntilAsync(reference, found => found.Status() == "closed");

        Assert.Equal(before - 1, await host.RowsAsync("companyPayments", person.Id));
        Assert.False((await table.GetEntityIfExistsAsync<TableEntity>(person.Id, "INV-OLD")).HasValue);
        var mail = (await host.Outbox.ReceiveAsync(person.Address, ErasureMails.Done)).Text!;
        Assert.Contains("Your payments (what no longer had to be kept)", mail);
        Assert.Contains("Kept: Your payments.", mail);

        // Whoever had the payments would erase all of them: somebody tells it what has to stay.
        var toTell = (await host.Outbox.ReceiveAsync(ErasureMails.Officer, "Please tell the recipients of an erasure", about: [reference])).Text!;
        Assert.Contains("Sample Payments B.V.", toTell);
        Assert.Contains("we have to keep a part", toTell);
        Assert.DoesNotContain(await host.Outbox.AllAsync("privacy@payments.example.org"), sent => sent.Text!.Contains(reference, StringComparison.Ordinal));
    }

    // Another one than whose access another test asks for: there, an earlier request would be data.
    private static bool IsInCustomersDataOnly(SamplePerson person) =>
        person.Part is SamplePart.CustomersContact && person.Address != SamplePeople.ServiceDataOnly;

    private static bool Paid(SamplePerson person) =>
        SharedSample.Truth.Rows.Any(row => row.Table == "companyPayments" && row.PartitionKey == person.Id);

    private static string WithoutName(string post) =>
        string.Join('\n', post.Split('\n').Where(line => !line.StartsWith("DisplayName=", StringComparison.Ordinal)));

    // By the generator's own truth about who is in what, and what the map does to it.
    private static async Task<(HashSet<string> Removed, HashSet<string> Changed)> ExpectedAsync(ScenarioHost host, string[] addresses)
    {
        var truth = await CompanyLook.TruthAsync(host.Storage);
        var map = DataMapRegister.LoadEmbedded();
        var subjects = addresses.Select(SamplePeople.ByAddress).SelectMany(person => person.Addresses.Append(person.Id)).ToHashSet();
        var (removed, changed) = (new HashSet<string>(), new HashSet<string>());
        foreach (var blob in truth.Blobs)
            if (Fates(blob.Holders).Contains(ErasureAction.Erase)) removed.Add($"{blob.Container}/{blob.Name}");
        foreach (var row in truth.Rows)
        {
            var key = CompanyLook.KeyOf(row.Table, row.PartitionKey, row.RowKey);
            var fates = Fates(row.Holders);
            if (fates.Contains(ErasureAction.Erase) || IsOwnPost(row)) removed.Add(key);
            else if (fates.Contains(ErasureAction.Anonymise)) changed.Add(key);
        }

        return (removed, changed);

        // It goes on under keys that do not name its author; somebody else's post loses the name of whom it answers.
        bool IsOwnPost(SampleRow row) =>
            row.Holders.Any(holder => holder.DataSet == "forum-posts" && subjects.Contains(holder.Subject));

        List<ErasureAction> Fates(IEnumerable<SampleHolder> holders) =>
            [.. holders.Where(holder => subjects.Contains(holder.Subject))
                .Select(holder => map[DataSetId.Parse(holder.DataSet)].Erasure.Action)];
    }
}
