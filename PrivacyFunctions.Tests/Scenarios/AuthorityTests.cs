using System.Net;
using System.Net.Http.Json;
using AngleSharp.Html.Parser;
using Azure.Data.Tables;
using PrivacyFunctions.Tests.Scenarios.Support;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Scenarios;

/// <summary>Who says where they live is told the authority there, in every answer; who does not gets the general way.</summary>
[Clause("R-COMPLAIN")]
[Clause("R-EVERYONE")]
public class AuthorityTests
{
    [Theory]
    [InlineData("IE", "Ireland", "(Ireland: the Data Protection Commission, www.dataprotection.ie")]
    [InlineData("unitedKingdom", "UnitedKingdom", "(United Kingdom: the Information Commissioner's Office, ico.org.uk")]
    [InlineData("AF", "Afghanistan", "We do not know of a data protection authority where you live (Afghanistan)")]
    [InlineData("", null, "listed at edpb.europa.eu")]
    public async Task Answers_NameTheAuthorityOfTheCountry(string residence, string? place, string words)
    {
        var host = await ScenarioHost.SharedAsync();
        var person = DataSubject.Stranger(host);
        var reference = await person.AskAsync(residence: residence);
        await person.ConfirmAsync();
        Assert.Contains(words, (await host.Outbox.ReceiveAsync(person.Address, Mails.Ready)).Text);
        var package = await person.DownloadAsync();
        Assert.Contains(words, WebUtility.HtmlDecode(package.Html));
        Assert.Contains(words, package.Json.GetProperty("complaint").GetString());

        // In the case, for the copy of their data, and not in its chain; the letters' copy of it goes with the address.
        var row = (await new TableClient(host.Storage, "privacyCases").GetEntityAsync<TableEntity>(reference, "state")).Value;
        Assert.Equal(place, row.GetString("Place"));
        var audit = (await host.CaseAsync(reference)).GetProperty("audit").ToString();
        Assert.DoesNotContain("\"IE\"", audit, StringComparison.Ordinal);
        var contact = (await new TableClient(host.Storage, "privacyContacts").GetEntityAsync<TableEntity>(reference, "contact")).Value;
        Assert.Equal(residence switch { "" => null, "unitedKingdom" => "GB", _ => residence }, contact.GetString("Country"));
    }

    [Theory]
    [InlineData("complaint", "We have your complaint")]
    [InlineData("restriction", "We have restricted the use of your data")]
    public async Task OtherAnswers_NameItToo(string right, string subject)
    {
        var host = await ScenarioHost.SharedAsync();
        var person = DataSubject.Stranger(host);
        var reference = await person.AskAsync(right: right, ground: "accuracy", text: "You wrote to me again.", residence: "NO");
        if (right == "restriction") await person.ConfirmAsync();
        var told = await host.Outbox.ReceiveAsync(person.Address, subject, about: [reference]);
        Assert.Contains("(Norway: the Norwegian Data Protection Authority, www.datatilsynet.no", told.Text);
    }

    [Fact]
    public async Task Form_OffersAllCountries_AndTheFirstSaysNothing()
    {
        var host = await ScenarioHost.SharedAsync();
        var parser = new HtmlParser();
        var options = parser.ParseDocument(await host.App.GetStringAsync("requests/complaint")).QuerySelectorAll("#residence option").ToList();
        Assert.Equal(("", "Prefer not to say"), (options[0].GetAttribute("value"), options[0].TextContent));
        Assert.Contains(options, option => option.GetAttribute("value") == "unitedKingdom" && option.TextContent == "United Kingdom");
        Assert.InRange(options.Count, 200, 260);

        foreach (var residence in new[] { "Ireland", "ie", "XX", "UnitedKingdom" })
        {
            using var wrong = await host.App.PostAsJsonAsync("requests/access", new { email = "a@example.org", residence });
            Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
        }
    }
}
