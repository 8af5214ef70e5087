using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using PrivacyFunctions.DataMap;
using PrivacyFunctions.LocalHost.Sample;
using PrivacyFunctions.Subjects;
using PrivacyFunctions.Tests.Scenarios.AnyHost;
using PrivacyFunctions.Tests.Scenarios.Support;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Scenarios;

/// <summary>An erasure that waits: people are told in time, what is stored meanwhile is sealed, and an undo window ends.</summary>
[Clause("R-ERASE")]
public class ErasureTimeTests
{
    [LocalFact("moves its clock", typeof(ErasureOnAnyHostTests))]
    public async Task Plan_ThatNobodyApproves_IsEscalatedAndStillCarriedOut()
    {
        await using var host = await LocalHostHere.StartAsync(nights: false);
        var person = new DataSubject(host, SamplePeople.NewsletterOnly);
        var reference = await person.AskToEraseAsync();
        await host.WaitingPlanAsync(reference);
        var due = (await host.CaseAsync(reference)).GetProperty("case").GetProperty("due").GetProperty("on").GetDateTime();

        await host.PassAsync(due.AddDays(-8) - (await host.NowAsync()).UtcDateTime);
        Assert.DoesNotContain("erasure-escalated", (await host.CaseAsync(reference)).Facts());
        await host.PassAsync(TimeSpan.FromDays(1));
        await host.UntilAsync(reference, found => found.Facts().Contains("erasure-escalated"));
        await host.Outbox.ReceiveAsync(ErasureMails.Officer, ErasureMails.Escalation);
        Assert.Equal(["approval"], (await host.CaseAsync(reference)).Attention());
        await host.PassAsync(TimeSpan.FromDays(6));
        await host.UntilAsync(
            async () => (await host.Outbox.AllAsync(ErasureMails.Officer, ErasureMails.Escalation)).Count == 2);

        await host.ApproveWaitingPlanAsync(reference);
        await host.UntilAsync(reference, found => found.Status() == "closed");
        await host.Outbox.ReceiveAsync(person.Address, ErasureMails.Done);
    }

    [Fact]
    [Clause("T-KEEP")]
    [Clause("T-PROCESSOR")]
    public async Task Erasure_DuringAnUndoWindow_EndsItAndLeavesServiceDataToThePurge()
    {
        var host = await ScenarioHost.SharedAsync();
        var owner = (await SmallCompany.JoinAsync(host, 1))[0];
        var termination = await owner.AskAsync();
        await owner.ConfirmAsync();
        await host.UntilAsync(termination, found => found.Status() == "undoable");
        var serviceData = await owner.ItemsAsync();

        var reference = await new DataSubject(host, owner.Address).AskToEraseAsync();
        await host.ApproveWaitingPlanAsync(reference);
        await host.UntilAsync(reference, found => found.Status() == "closed");

        var ended = await host.CaseAsync(termination);
        Assert.Equal("awaitingPurge", ended.Status());
        Assert.Contains("undo-over", ended.Facts());
        Assert.Equal(serviceData, await owner.ItemsAsync());
        Assert.Equal(0, await host.RowsAsync("companyProfiles", owner.PersonId));
    }

    [Fact]
    [Clause("K-EXTEND")]
    public async Task Erasure_OfAnOwnerWhoseAccountIsHeld_KeepsWhatIsAboutThemUntilTheRelease()
    {
        var host = await ScenarioHost.SharedAsync();
        var owner = (await SmallCompany.JoinAsync(host, 1))[0];
        var hold = new { account = owner.Account, id = "h-1" };
        await host.OperateAsync("holds", new
        {
            hold.account, hold.id, kind = "legal", ground = "A claim is pending.", owner = "legal-team", reviewOn = "2100-01-31",
        });

        await host.OperateAsync("holds", new
        {
            email = owner.Address, hold.id, kind = "legal", dataSet = "payments", ground = "Another claim is pending.",
            owner = "legal-team", reviewOn = "2100-01-31",
        }); // which stays, and keeps nothing from going on

        var reference = await new DataSubject(host, owner.Address).AskToEraseAsync();
        var plan = await host.ApproveWaitingPlanAsync(reference);
        await host.UntilAsync(reference, found => found.Status() == "closed");
        Assert.Equal("retain", plan.Line("profiles").GetProperty("action").GetString());
        Assert.Equal(1, await host.RowsAsync("companyProfiles", owner.PersonId));

        using var released = await host.PostAsOperatorAsync("api/operator/holds/release", hold);
        var answer = await released.Content.ReadFromJsonAsync<JsonElement>();
        var goesOn = Assert.Single(answer.GetProperty("resumed").EnumerateArray()).GetString()!;
        await host.ApproveWaitingPlanAsync(goesOn);
        await host.UntilAsync(goesOn, found => found.Status() == "closed");
        Assert.Equal(0, await host.RowsAsync("companyProfiles", owner.PersonId));
    }

    [Fact]
    [Clause("T-KEEP")]
    [Clause("T-DIRECTIVE")]
    public async Task Erasure_DuringTheUndoWindowOfAnAccountThatWasHandedOver_LeavesItToWhoHasTheAccountNow()
    {
        var host = await ScenarioHost.SharedAsync();
        var owner = (await SmallCompany.JoinAsync(host, 1))[0];
        var (_, next) = await SmallCompany.JoinAsPersonAsync(host);
        var termination = await owner.AskAsync();
        await owner.ConfirmAsync();
        await host.UntilAsync(termination, found => found.Status() == "undoable");
        await new TableClient(host.Storage, "companyAccounts").UpsertEntityAsync(
            new TableEntity(owner.Account, "account") { ["OwnerPersonId"] = next }, TableUpdateMode.Merge);

        var reference = await new DataSubject(host, owner.Address).AskToEraseAsync();
        await host.ApproveWaitingPlanAsync(reference);
        await host.UntilAsync(reference, found => found.Status() == "closed");

        Assert.Equal("undoable", (await host.CaseAsync(termination)).Status());
    }

    [LocalFact("takes a table away", typeof(ErasureOnAnyHostTests))]
    [Clause("R-ACCESS")]
    public async Task Erasure_WhileACopyAskedWithAnotherAddressIsStillToBeMade_WaitsForIt()
    {
        await using var host = await LocalHostHere.StartAsync(nights: false);
        var tables = new TableServiceClient(host.Storage);
        await tables.DeleteTableAsync("companyTestimonials"); // so that the copy cannot be made
        var person = new DataSubject(host, SamplePeople.TwoAddresses);
        var access = await person.AskAsync();
        await person.ConfirmAsync();
        await host.UntilAsync(access, found => found.Status() == "confirmed");
        var reference = await new DataSubject(host, SamplePeople.TwoAddressesSecond).AskToEraseAsync();
        await host.UntilAsync(reference, found => found.Facts().Contains("identifiers-captured"));
        await host.PassAsync(TimeSpan.FromHours(1));
        Assert.DoesNotContain("plan-made", (await host.CaseAsync(reference)).Facts());

        await tables.CreateTableAsync("companyTestimonials");
        await host.PassAsync(TimeSpan.FromDays(1));
        await host.UntilAsync(access, found => found.Status() == "offered");
        await host.PassAsync(TimeSpan.FromMinutes(15));
        await host.ApproveWaitingPlanAsync(reference);
        await host.UntilAsync(reference, found => found.Status() == "closed");
    }

    [LocalFact("looks into its files", typeof(LeaksOnAnyHostTests))]
    [Clause("C-SECURE")]
    public async Task EngineLogsAndRecords_WhileItWaitsAndAfterwards_NameNobody()
    {
        await using var host = await LocalHostProcess.StartAsync();
        var person = SamplePeople.ByAddress(SamplePeople.ApostropheAndPlus);
        var reference = await new DataSubject(host, person.Address).AskToEraseAsync();
        await host.WaitingPlanAsync(reference);
        var sealedAway = await BlobsAsync(host, "privacy-erasures");
        Assert.NotEmpty(sealedAway);
        AssertNamesNobody(person, sealedAway.Concat(await BlobsAsync(host, "privacy-plans")));

        await host.ApproveWaitingPlanAsync(reference);
        await host.UntilAsync(reference, found => found.Status() == "closed");
        Assert.Empty(await BlobsAsync(host, "privacy-erasures"));
        await host.UntilAsync(async () => !await RecordsLook.HoldAsync(host.Storage, person.Address));
        var records = new List<string>();
        await foreach (var (_, row) in RecordsLook.RowsAsync(host.Storage)) records.Add(row);
        await host.KillAsync(); // so that no file is being written
        AssertNamesNobody(person, [.. records, .. await Task.WhenAll(FilesOf(host).Select(TextAsync)), host.Output]);
    }

    // All but the mailboxes and the storage, which is looked at table by table.
    private static IEnumerable<string> FilesOf(LocalHostProcess host) =>
        Directory.EnumerateFiles(host.Folder, "*", SearchOption.AllDirectories).Where(path =>
            Path.GetRelativePath(host.Folder, path).Split(Path.DirectorySeparatorChar)[0] is not ("azurite" or "outbox"));

    private static async Task<string> TextAsync(string file) => Encoding.UTF8.GetString(await File.ReadAllBytesAsync(file));

    private static void AssertNamesNobody(SamplePerson person, IEnumerable<string> texts)
    {
        string[] traces = [person.Address, person.Name, KeyPath.Encode(EmailAddress.Parse(person.Address)), $"\"{person.Id}\""];
        foreach (var text in texts)
            Assert.DoesNotContain(traces, trace => text.Contains(trace, StringComparison.OrdinalIgnoreCase));
    }

    private static async Task<List<string>> BlobsAsync(LocalHostProcess host, string container)
    {
        var client = new BlobContainerClient(host.Storage, container);
        var texts = new List<string>();
        await foreach (var blob in client.GetBlobsAsync())
            texts.Add(blob.Name + (await client.GetBlobClient(blob.Name).DownloadContentAsync()).Value.Content);
        return texts;
    }
}
