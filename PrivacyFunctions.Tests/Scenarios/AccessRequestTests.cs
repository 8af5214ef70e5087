using System.Net;
using System.Net.Http.Headers;
using Azure.Data.Tables;
using PrivacyFunctions.LocalHost.Sample;
using PrivacyFunctions.Tests.Scenarios.Support;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Scenarios;

/// <summary>From the web form to the data in hand, as a person lives it.</summary>
[Clause("R-ACCESS")]
public class AccessRequestTests
{
    [Fact]
    public async Task Access_KnownPerson_GetsTheirDataAndWhatArticle15Demands()
    {
        var host = await ScenarioHost.SharedAsync();
        var package = await new DataSubject(host, SamplePeople.OtherScript).ReceiveEverythingAsync();

        Assert.Contains("Ελένη Παπαδοπούλου", package.Html);
        Assert.Contains("Ελένη Παπαδοπούλου", package.Text("csv/profiles.csv"));
        Assert.True(package.Records("support-conversations") > 0);
        Assert.Contains(package.Names, name => name.StartsWith("files/profile-photos/", StringComparison.Ordinal));
        foreach (var set in package.Json.GetProperty("dataSets").EnumerateArray())
            foreach (var fact in new[] { "title", "purpose", "legalBasis", "retention", "origin", "automatedDecisions" })
                Assert.NotEmpty(set.GetProperty(fact).GetString()!);
        Assert.All(
            package.Json.GetProperty("dataSets").EnumerateArray(),
            set => Assert.NotEqual(0, set.GetProperty("recipients").GetArrayLength()));
        Assert.All(
            package.Json.GetProperty("dataSets").EnumerateArray(),
            set => Assert.NotEqual(0, set.GetProperty("categories").GetArrayLength()));
        Assert.Contains("Twilio Inc. (SendGrid)", package.Html);
        Assert.Contains("standard contractual clauses", package.Html);
        Assert.Contains("complain", package.Html);
        Assert.Contains("Rectification", package.Html);
    }

    [Fact]
    [Clause("T-PROCESSOR")]
    public async Task Access_PersonInCustomersDataOnly_LearnsThatWeHoldNothingAndWhomToAsk()
    {
        var host = await ScenarioHost.SharedAsync();
        var package = await new DataSubject(host, SamplePeople.ServiceDataOnly).ReceiveEverythingAsync();

        Assert.All(
            package.Json.GetProperty("dataSets").EnumerateArray(),
            set => Assert.Equal(0, set.GetProperty("records").GetArrayLength()));
        Assert.Contains("We hold nothing about the owner of the mailbox", package.Html);
        Assert.Contains("only that customer may answer for it", package.Html);
        Assert.Equal(["data.json", "index.html"], package.Names.Order());
    }

    [Fact]
    public async Task Access_SamePersonUnderTwoAddresses_GetsTheSameWithEitherAndIsToldBoth()
    {
        var host = await ScenarioHost.SharedAsync();
        var first = await new DataSubject(host, SamplePeople.TwoAddresses).ReceiveEverythingAsync();
        var second = await new DataSubject(host, SamplePeople.TwoAddressesSecond).ReceiveEverythingAsync();

        Assert.NotEqual(0, first.Records("event-registrations")); // made under the second address
        Assert.Equal(Records(first), Records(second));
        Assert.Contains(
            $"We searched for data under {SamplePeople.TwoAddresses} and {SamplePeople.TwoAddressesSecond}.", first.Html);
        Assert.Equal(
            [SamplePeople.TwoAddressesSecond, SamplePeople.TwoAddresses],
            second.Json.GetProperty("searchedAddresses").EnumerateArray().Select(address => address.GetString()));
    }

    [Fact]
    [Clause("C-SECURE")]
    public async Task Access_FormulaAsName_IsNoFormulaInASpreadsheet()
    {
        var host = await ScenarioHost.SharedAsync();
        var package = await new DataSubject(host, SamplePeople.FormulaName).ReceiveEverythingAsync();

        Assert.Contains("'=HYPERLINK", package.Text("csv/profiles.csv"));
        Assert.DoesNotContain("<script", package.Html, StringComparison.OrdinalIgnoreCase);
    }

    // The name of such a field can be somebody's address, so nobody is told it.
    [Fact]
    public async Task Access_FieldsThatTheMapDoesNotKnow_AreLeftOutAndTheOfficerIsAsked()
    {
        var host = await ScenarioHost.SharedAsync();
        var (person, _) = await SmallCompany.JoinAsPersonAsync(host);
        await host.Ticket(person.Address).UploadAsync(new BinaryData("""{"Subject":"Hello","bob@example.net":"knows why","Mood":"good"}"""));
        var reference = await person.AskAsync();
        await person.ConfirmAsync();
        var answer = await person.DownloadAsync();
        Assert.DoesNotContain("knows why", answer.Set("support-conversations").ToString());

        var asked = await host.Outbox.ReceiveAsync(ErasureMails.Officer, "A copy of personal data is not complete", about: [reference]);
        Assert.Contains("does not know 2 fields that the data set \"Your conversations with our support\" holds", asked.Text!.ReplaceLineEndings(" "));
        Assert.DoesNotContain("bob@", asked.Text);
    }

    [Fact]
    public async Task Access_VeryManyRecords_AreAllInTheFilesAndTheFirstOnThePage()
    {
        var host = await ScenarioHost.SharedAsync();
        var package = await new DataSubject(host, SamplePeople.VeryActive).ReceiveEverythingAsync();

        Assert.Equal(SamplePeople.VeryActiveEntries, package.Records("usage-log"));
        Assert.Equal(
            SamplePeople.VeryActiveEntries + 1,
            package.Text("csv/usage-log.csv").Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Contains("These are the first 100.", package.Html);
    }

    [Fact]
    public async Task Access_SecretsAndOtherPeople_NeverLeave()
    {
        var host = await ScenarioHost.SharedAsync();
        var person = SamplePeople.ByAddress(SamplePeople.ApostropheAndPlus);
        var everything = (await new DataSubject(host, person.Address).ReceiveEverythingAsync()).Everything;

        Assert.DoesNotContain("PasswordHash", everything);
        Assert.All(
            SamplePeople.All.Where(other => other != person),
            other => Assert.DoesNotContain(other.Address, everything, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Download_InterruptedAndResumed_GivesTheSameBytes()
    {
        var host = await ScenarioHost.SharedAsync();
        var person = DataSubject.Stranger(host);
        await person.AskAsync();
        await person.ConfirmAsync();
        var path = await person.OpenAsync();

        var whole = await host.App.GetByteArrayAsync(path);
        var half = whole.Length / 2;
        using var request = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { Range = new RangeHeaderValue(half, null) } };
        using var rest = await host.App.SendAsync(request);

        Assert.Equal(HttpStatusCode.PartialContent, rest.StatusCode);
        Assert.Equal(whole[half..], await rest.Content.ReadAsByteArrayAsync());
        Assert.Equal("no-store", rest.Headers.CacheControl?.ToString());
    }

    [Fact]
    [Clause("C-ACCESS")]
    public async Task Download_EveryView_IsLogged()
    {
        var host = await ScenarioHost.SharedAsync();
        var person = DataSubject.Stranger(host);
        var reference = await person.AskAsync();
        await person.ConfirmAsync();
        await person.DownloadAsync();

        var views = new TableServiceClient(host.Storage).GetTableClient("privacyViews");
        var view = Assert.Single(await views.QueryAsync<TableEntity>(row => row.PartitionKey == reference).ToListAsync());
        Assert.Equal(("subject", "package"), (view.GetString("Viewer"), view.GetString("What")));
    }

    [Fact]
    public async Task Case_AfterDelivery_ShowsEveryStepInAnUnbrokenChain()
    {
        var host = await ScenarioHost.SharedAsync();
        var person = DataSubject.Stranger(host);
        var reference = await person.AskAsync();
        await person.ConfirmAsync();
        await person.DownloadAsync();

        var view = await host.CaseAsync(reference);
        Assert.Equal("offered", view.Status());
        Assert.True(view.ChainIsIntact());
        Assert.Equal(["received", "confirmation-asked", "confirmed", "gathered", "export-offered", "export-opened"], view.Facts());
    }

    private static IEnumerable<string> Records(Package package) =>
        package.Json.GetProperty("dataSets").EnumerateArray()
            .Where(set => set.GetProperty("id").GetString() != "cases") // the other request itself
            .SelectMany(set => set.GetProperty("records").EnumerateArray()).Select(record => $"{record}").Order();
}
