using System.Text.Json;
using System.Text.Json.Nodes;
using Azure.Storage.Blobs;
using PrivacyFunctions.Tests.Scenarios.Support;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Scenarios;

/// <summary>From the web form to the files with which a person goes to another company.</summary>
[Clause("R-PORT")]
public class PortabilityTests
{
    // Each value says by its beginning whether it may leave.
    private const string Stays = "stays-";

    internal const string Asks = "Please confirm your request to take your data along";
    internal const string Ready = "Your data to take along is ready";

    private static readonly DateTimeOffset At = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    [Fact]
    public async Task Portability_KnownPerson_GetsWhatTheyGaveAndWeRecordedAndNothingElse()
    {
        var host = await ScenarioHost.SharedAsync();
        var (person, id) = await SmallCompany.JoinAsPersonAsync(host);
        var expected = await FillAsync(host, person.Address, id);

        var package = await ReceiveAsync(person);

        var json = package.Text("data.json");
        Assert.All(expected, value => Assert.Contains(value, json, StringComparison.Ordinal));
        Assert.Contains("leaves-attachment", package.Everything, StringComparison.Ordinal);
        Assert.DoesNotContain(Stays, package.Everything, StringComparison.Ordinal);
        Assert.DoesNotContain("row-key", package.Everything, StringComparison.Ordinal); // how we number rows is no field of the map
        Assert.Equal(
            [
                "csv/directory.csv", "csv/profiles.csv", "csv/referrals-made.csv", "csv/support-conversations.csv", "csv/testimonials.csv",
                "data.json", "files/support-conversations/0-attachments-a.txt", "index.html", "schema.json",
            ],
            package.Names.Order());

        // What is left out is told, with its reason.
        Assert.Contains("The product we think may interest you (Your account and profile)", package.Html, StringComparison.Ordinal);
        Assert.Contains("Running, securing and improving our products.", package.Html, StringComparison.Ordinal);
        Assert.Contains("Tax and accounting law obliges us", package.Html, StringComparison.Ordinal);
        Assert.Contains("complain", package.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Portability_PackageOfAKnownPerson_SaysTheSameToMachinesAndInTablesAndFitsItsSchema()
    {
        var host = await ScenarioHost.SharedAsync();
        var (person, id) = await SmallCompany.JoinAsPersonAsync(host);
        await FillAsync(host, person.Address, id);

        var package = await ReceiveAsync(person);

        var schema = JsonNode.Parse(package.Text("schema.json"))!.AsObject();
        Assert.True(new JsonSchemaCheck(schema).IsValid(JsonNode.Parse(package.Text("data.json"))));
        foreach (var set in package.Json.GetProperty("dataSets").EnumerateObject())
            if (set.Value.GetArrayLength() > 0) AgreesWithItsTable(package, schema, set);
    }

    [Fact]
    public async Task Portability_UnknownPerson_LearnsThatThereIsNothingToTakeAlong()
    {
        var host = await ScenarioHost.SharedAsync();
        var package = await ReceiveAsync(DataSubject.Stranger(host));

        Assert.Equal(["data.json", "index.html", "schema.json"], package.Names.Order());
        Assert.Contains("There is nothing to take along", package.Html, StringComparison.Ordinal);
        Assert.All(
            package.Json.GetProperty("dataSets").EnumerateObject(), set => Assert.Equal(0, set.Value.GetArrayLength()));
    }

    [Fact]
    public async Task Portability_BesideAnAccessRequest_IsACaseOfItsOwnWhoseFileSaysWhatItIs()
    {
        var host = await ScenarioHost.SharedAsync();
        var person = DataSubject.Stranger(host);
        var (access, reference) = (await person.AskAsync(), await person.AskAsync(right: "portability"));
        Assert.NotEqual(access, reference);

        await person.ConfirmAsync(Asks);
        using var answer = await host.App.GetAsync(await person.OpenAsync(Ready));
        Assert.Equal($"portable-data-{reference[..8]}.zip", answer.Content.Headers.ContentDisposition!.FileName);
        var view = await host.CaseAsync(reference);
        Assert.True(view.ChainIsIntact());
        Assert.Equal(["received", "confirmation-asked", "confirmed", "gathered", "export-offered", "export-opened"], view.Facts());
        Assert.Equal("awaitingConfirmation", (await host.CaseAsync(access)).Status());
    }

    private static async Task<Package> ReceiveAsync(DataSubject person)
    {
        await person.AskAsync(right: "portability");
        await person.ConfirmAsync(Asks);
        return await person.DownloadAsync(Ready);
    }

    // The values that may leave, besides those of the directory and what a file holds.
    private static async Task<IReadOnlyList<string>> FillAsync(ScenarioHost host, string address, string person)
    {
        await host.WriteAsync(
            "companyProfiles", person, "row-key-profile", ("Name", "leaves-name, with \"marks\""), ("SignedUpWith", "leaves-observed"),
            ("ProductInterest", "stays-inferred"), ("PasswordHash", "stays-secret"), ("NotInTheMap", "stays-unmapped"));
        await host.WriteAsync("companyUsage", person, "row-key-entry", ("At", At), ("Action", "stays-legitimate-interest"));
        await host.WriteAsync(
            "companyPayments", person, "row-key-payment", ("PaidAt", At), ("BillingName", "stays-legal-obligation"), ("FraudScore", 77));
        await host.WriteAsync(
            "companyForumPosts", person, "row-key-post", ("PostedAt", At), ("Text", "stays-post"), ("DisplayName", "stays-display"));
        await host.WriteAsync("companyTestimonials", $"t-{person}", "row-key-testimonial", ("Email", address), ("Text", "leaves-consent"));
        await host.WriteAsync(
            "companyReferrals", DailySweeps.KeyOf($"else-{person}@example.net"), $"row-key-{person}", ("ReferrerPersonId", person),
            ("RefereeName", "stays-of-others"), ("RefereeEmail", "stays-of-others@example.net"), ("Note", "leaves-note"));

        var folder = $"{DailySweeps.KeyOf(address)}/row-key-ticket";
        var support = new BlobServiceClient(host.Storage).GetBlobContainerClient("company-support");
        await support.GetBlobClient($"{folder}/conversation.json").UploadAsync(new BinaryData(
            """{"Subject":"leaves-subject","Messages":[{"Text":"leaves-message","Agent":"stays-agent","Mood":"stays-unmapped"}]}"""));
        await support.GetBlobClient($"{folder}/attachments/a.txt").UploadAsync(new BinaryData("leaves-attachment"));
        return
        [
            "leaves-name, with", "leaves-observed", "leaves-consent", "leaves-note", "leaves-subject", "leaves-message", address, person,
        ];
    }

    // Record by record and field by field; a list stands in its cell as it stands in the file for machines.
    private static void AgreesWithItsTable(Package package, JsonObject schema, JsonProperty set)
    {
        var rows = CsvTable.Read(package.Text($"csv/{set.Name}.csv"));
        var titles = schema["properties"]!["dataSets"]!["properties"]![set.Name]!["items"]!["properties"]!["values"]!["properties"]!;
        Assert.Equal(set.Value.GetArrayLength(), rows.Count);
        foreach (var (record, row) in set.Value.EnumerateArray().Zip(rows))
        {
            Assert.Equal(record.GetProperty("record").GetRawText(), row["Record"]);
            Assert.Equal(
                string.Join(' ', record.GetProperty("files").EnumerateArray().Select(file => file.GetString())), row["Files"]);
            var values = record.GetProperty("values").EnumerateObject().ToDictionary(value => value.Name, value => value.Value);
            foreach (var (name, described) in titles.AsObject())
                Assert.Equal(values.TryGetValue(name, out var value) ? Shown(value) : "", row[(string)described!["title"]!]);
        }
    }

    private static string Shown(JsonElement value) =>
        value.ValueKind is JsonValueKind.String ? value.GetString()! : JsonSerializer.Serialize(value);
}
