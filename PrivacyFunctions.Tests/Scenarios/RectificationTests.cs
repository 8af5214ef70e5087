using System.Net;
using AngleSharp.Html.Dom;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using PrivacyFunctions.Tests.Scenarios.Support;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Scenarios;

/// <summary>From the form to what stands in every source: a person corrects what they gave us.</summary>
[Clause("R-RECTIFY")]
public class RectificationTests
{
    [Fact]
    [Clause("C-RECIPIENTS")]
    public async Task Name_Corrected_IsRightInEverySourceThatHeldItWrong()
    {
        var host = await ScenarioHost.SharedAsync();
        var (person, id) = await SmallCompany.JoinAsPersonAsync(host);
        var second = await SmallCompany.AddAddressAsync(host, id);
        await host.FillAsync(person.Address, id);
        var (reference, link) = await person.LookThroughAsync();

        var name = Assert.Single(await host.ValuesAsync(link), value => value.Value == Correcting.WrongName).Name;
        await person.SendAsync(link, new() { [name] = " Dana Wrong " });
        var told = await host.Outbox.ReceiveAsync(person.Address, Correcting.Corrected);
        foreach (var title in new[] { "Your account and profile", "Events you registered for", "Your conversations with our support" })
            Assert.Contains($"Name ({title})", told.Text);
        Assert.DoesNotContain("Dana", told.Text);
        Assert.Contains("Sample Resellers Ltd", told.Text);
        var recipients = await host.Outbox.ReceiveAsync(ErasureMails.Officer, "Please tell the recipients of a correction", about: [reference]);
        Assert.Contains("Sample Resellers Ltd", recipients.Text);
        var notice = await host.NoticePageAsync(await host.NoticeLinkAsync(Notifying.Reseller, Notifying.Corrected, reference));
        Assert.Subset(notice.QuerySelectorAll("dd").Select(each => each.TextContent).ToHashSet(), new HashSet<string> { person.Address, second.Address });

        var key = DailySweeps.KeyOf(person.Address);
        var registration = await host.RowAsync("companyEventRegistrations", key, "r-1");
        Assert.Equal(("Dana Wrong", "Winter fair", true), (registration.GetString("Name"), registration.GetString("Event"), registration.GetBoolean("Attended")));
        Assert.IsType<DateTimeOffset>(registration["EventDate"]);
        Assert.Equal("Somebody Else", await host.NameInAsync("companyEventRegistrations", key, "r-2"));
        Assert.Equal("Dana Wrong", await host.NameInAsync("companyProfiles", id, "profile"));
        Assert.Equal(Correcting.WrongName, (await host.RowAsync("companyPayments", id, "p-1")).GetString("BillingName")); // as it was on the invoice
        Assert.Equal(
            """{"Name":"Dana Wrong","Subject":"Grüße","Mood":"unmapped","Messages":[{"Text":"My name is Dana Wrnog"}]}""",
            (await host.Ticket(person.Address).DownloadContentAsync()).Value.Content.ToString());

        var view = await host.UntilAsync(reference, found => found.Status() == "closed");
        Assert.Equal(["data-shown", "export-opened", "corrections-sent", "corrected", "corrected", "corrected", "closed"], view.Steps().Skip(3));
        Assert.True(view.ChainIsIntact());
        Assert.DoesNotContain("Dana", $"{view}");

        // Before and after are the evidence; they are sealed, and whoever looks at them is noted.
        var evidence = await host.CorrectionsAsync(reference);
        Assert.All(evidence, one => Assert.Equal(
            (Correcting.WrongName, "Dana Wrong", "made"),
            (one.GetProperty("before").GetString(), one.GetProperty("after").GetString(), one.GetProperty("state").GetString())));
        Assert.NotEqual(0, await host.RowsAsync("privacyViews", reference));
        await foreach (var (_, row) in RecordsLook.RowsAsync(host.Storage))
            Assert.DoesNotContain(Correcting.WrongName, row, StringComparison.Ordinal);
    }

    // The person learns of it as long as it is kept.
    [Fact]
    [Clause("R-ACCESS")]
    public async Task Corrections_AreToldInALaterAnswer()
    {
        var host = await ScenarioHost.SharedAsync();
        var (person, id) = await SmallCompany.JoinAsPersonAsync(host);
        await host.FillAsync(person.Address, id);
        var (reference, link) = await person.LookThroughAsync();
        await person.SendAsync(link, new() { [(await host.ValuesAsync(link)).Single(value => value.Title == "Company").Name] = "Lighthouse Ltd" });
        await host.UntilAsync(reference, found => found.Status() == "closed");

        await person.AskAsync();
        await person.ConfirmAsync("Please confirm your request for your personal data");
        var answer = await person.DownloadAsync();
        var told = Assert.Single(answer.Set("corrections").GetProperty("records").EnumerateArray()).GetProperty("values");
        Assert.Equal(("Lighthouse", "Lighthouse Ltd"), (told.GetProperty("Before").GetString(), told.GetProperty("After").GetString()));
        Assert.Contains("Lighthouse Ltd", answer.Set("profiles").ToString());
    }

    // With the data goes what they had said about it.
    [Fact]
    [Clause("R-ERASE")]
    public async Task Corrections_OfAPersonWhoseDataIsErased_GoWithIt()
    {
        var host = await ScenarioHost.SharedAsync();
        var (person, id) = await SmallCompany.JoinAsPersonAsync(host);
        await host.WriteAsync("companyProfiles", id, "profile", ("Name", Correcting.WrongName), ("Email", person.Address));
        var (reference, link) = await person.LookThroughAsync();
        await person.SendAsync(link, new() { [Assert.Single(await host.ValuesAsync(link), value => value.Title == "Name").Name] = "Dana Wrong" });
        await host.UntilAsync(reference, found => found.Status() == "closed");
        Assert.Equal(1, await host.RowsAsync("privacyCorrections", reference));

        var erasure = await person.AskAsync(right: "erasure");
        await person.ConfirmAsync("Please confirm your request to erase");
        await host.ApproveWaitingPlanAsync(erasure);
        await host.UntilAsync(erasure, found => found.Status() == "closed");
        Assert.Equal(0, await host.RowsAsync("privacyCorrections", reference));
        Assert.True((await host.CaseAsync(reference)).ChainIsIntact());
    }

    // What is optional can be taken out, what is missing can be added, and the account goes on.
    [Fact]
    [Clause("R-DECLINE")]
    public async Task Photo_Deleted_IsGone_AndAllElseStays()
    {
        var host = await ScenarioHost.SharedAsync();
        var (person, id) = await SmallCompany.JoinAsPersonAsync(host);
        var photos = new BlobServiceClient(host.Storage).GetBlobContainerClient("company-photos");
        foreach (var name in new[] { "me.png", "team/us.png" }) await photos.UploadBlobAsync($"{id}/{name}", new BinaryData("a photo"));
        await photos.UploadBlobAsync($"{id}x/me.png", new BinaryData("somebody else's"));
        var (reference, link) = await person.LookThroughAsync();
        var photo = Assert.Single(await host.ValuesAsync(link), value => value.Value == "me.png");
        var box = Assert.IsType<IHtmlInputElement>((await host.CorrectionFormAsync(link)).GetElementById(photo.Name), exactMatch: false);
        Assert.Equal(("checkbox", "delete", false), (box.Type, box.Value, box.IsChecked));

        using var changed = await person.PostAsync(link, new Dictionary<string, string> { [photo.Name] = "other.png" });
        Assert.Equal(HttpStatusCode.BadRequest, changed.StatusCode);
        Assert.Contains("and not changed", await changed.Content.ReadAsStringAsync());
        using var unsaid = await person.PostAsync(link, new Dictionary<string, string?> { [photo.Name] = null });
        Assert.Equal(HttpStatusCode.BadRequest, unsaid.StatusCode); // nothing is changed

        await person.SendAsync(link, new() { [photo.Name] = "delete" });
        var told = await host.Outbox.ReceiveAsync(person.Address, Correcting.Corrected);
        Assert.Contains("Deleted: Your photo (Your photo)", told.Text);
        await host.UntilAsync(reference, found => found.Status() == "closed");
        Assert.Equal([$"{id}/team/us.png"], await photos.GetBlobsAsync(BlobTraits.None, BlobStates.None, $"{id}/", default).Select(blob => blob.Name).ToListAsync());
        Assert.True(await photos.GetBlobClient($"{id}x/me.png").ExistsAsync());
        Assert.Equal(1, await host.RowsAsync("companyProfiles", id));
    }

    [Fact]
    [Clause("R-DECLINE")]
    public async Task Optional_Emptied_IsTakenOut_AndWhatIsMissingIsAdded()
    {
        var host = await ScenarioHost.SharedAsync();
        var (person, id) = await SmallCompany.JoinAsPersonAsync(host);
        await host.FillAsync(person.Address, id);
        var (reference, link) = await person.LookThroughAsync();
        var page = await host.CorrectionFormAsync(link);
        Assert.Equal("Company (optional)", LabelOf(page, "Lighthouse"));
        Assert.Equal("Name in: Events you registered for", LabelOf(page, "Somebody Else"));
        Assert.StartsWith("Name in: Your account and profile, Events", LabelOf(page, Correcting.WrongName), StringComparison.Ordinal);
        Assert.Equal(page.QuerySelectorAll("form label").Length, page.QuerySelectorAll("form label").Select(label => label.TextContent).Distinct().Count());
        var values = await host.ValuesAsync(link);
        Assert.DoesNotContain(values, value => value.Value == "guessed");

        using (var refused = await person.PostAsync(link, new Dictionary<string, string> { [values.First(value => value.Title == "Name").Name] = "" }))
            Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        await person.SendAsync(link, new()
        {
            [values.Single(value => value.Title == "Company").Name] = "", [values.Single(value => value.Title == "Telephone number").Name] = "+32 2 555 0100",
        });
        await host.UntilAsync(reference, found => found.Status() == "closed");
        var profile = await host.RowAsync("companyProfiles", id, "profile");
        Assert.False(profile.ContainsKey("Company"));
        Assert.Equal("+32 2 555 0100", profile.GetString("Phone"));
        Assert.Equal("guessed", profile.GetString("ProductInterest"));
    }

    // Of two that are called the same and stand in the same place, only the number tells which is which.
    [Fact]
    [Clause("R-DECLINE")]
    public async Task Choice_IsMadeAmongTheValuesOfTheMap_AndWhatIsEmptiedInOnePlaceIsSaidToStayInTheOther()
    {
        var host = await ScenarioHost.SharedAsync();
        var (person, id) = await SmallCompany.JoinAsPersonAsync(host);
        await host.FillAsync(person.Address, id);
        await host.WriteAsync("companyProfiles", id, "profile", ("Name", "Only Here"), ("Email", person.Address), ("Country", "IE"), ("Language", "fr"));
        var key = DailySweeps.KeyOf(person.Address);
        await host.WriteAsync("companyEventRegistrations", key, "r-3", ("Name", "Third Name"), ("Email", person.Address), ("EventDate", DateTimeOffset.UtcNow));
        await host.WriteAsync("companyNewsletters", key, "n-1", ("Name", "Only Here"), ("Email", person.Address), ("Newsletter", "product"), ("SubscribedAt", DateTimeOffset.UtcNow));
        var (reference, link) = await person.LookThroughAsync();
        var page = await host.CorrectionFormAsync(link);
        Assert.Matches("^Name in: Events you registered for \\(\\d of \\d\\)$", LabelOf(page, "Third Name"));
        var (country, language, name) = (Selected("Ireland"), Selected("fr"), page.QuerySelectorAll("form input[type=text]").OfType<IHtmlInputElement>().Single(each => each.Value == "Only Here").Name!);
        Assert.Equal(["None", "fr", "English", "German", "Greek", "Swedish"], language.Options.Select(option => option.Text));

        foreach (var wrong in new[] { "Narnia", "Ireland", "ie", "UK" })
        {
            using var refused = await person.PostAsync(link, new Dictionary<string, string> { [country.Name!] = wrong });
            Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        }

        await person.SendAsync(link, new() { [country.Name!] = "GR", [language.Name!] = "fr", [name] = "" });
        var told = await host.Outbox.ReceiveAsync(person.Address, Correcting.Corrected);
        Assert.Contains("Deleted: Name (Newsletters you subscribed to)", told.Text);
        Assert.Contains("Not deleted, because we need it there: Name (Your account and profile)", told.Text);
        await host.UntilAsync(reference, found => found.Status() == "closed");
        var profile = await host.RowAsync("companyProfiles", id, "profile");
        Assert.Equal(("GR", "fr", "Only Here"), (profile.GetString("Country"), profile.GetString("Language"), profile.GetString("Name")));

        IHtmlSelectElement Selected(string words) =>
            page.QuerySelectorAll("form select").OfType<IHtmlSelectElement>().Single(select => select.SelectedOptions.Single().Text == words);
    }

    private static string LabelOf(IHtmlDocument page, string value)
    {
        var input = page.QuerySelectorAll("form input[type=text]").OfType<IHtmlInputElement>().Single(each => each.Value == value);
        return page.QuerySelector($"label[for={input.Id}]")!.TextContent;
    }
}
