namespace PrivacyFunctions.LocalHost.Sample;

/// <summary>
/// Service data: what customers keep in the company's products. Some of their contacts are people that the company also
/// knows itself; one is known nowhere else.
/// </summary>
internal static class ServiceSample
{
    public static void AddTo(SampleData data)
    {
        var faker = new SampleFaker(seed: 6, data.Midnight);
        var onlyHere = SamplePeople.ByAddress(SamplePeople.ServiceDataOnly);
        var awkward = SamplePeople.All.Where(person => person.Part is SamplePart.AccountUser && SamplePeople.IsAwkward(person));
        var others = SamplePeople.All
            .Where(person => person != onlyHere && person.Part is SamplePart.CustomersContact or SamplePart.AccountUser).ToList();
        foreach (var number in Enumerable.Range(1, SamplePeople.AccountCount))
        {
            var account = $"a-{number:D2}";
            var contacts = faker.Random.ListItems(others, 6).ToList();
            if (number is 1 or 2 or 3)
                contacts.Add(onlyHere);
            if (number is 7)
                contacts = [.. contacts.Union(awkward)]; // whom the company knows itself, in everything
            foreach (var contact in contacts)
                AddContact(data, faker, account, contact);
            AddFile(data, faker, account, contacts[0]);
        }
    }

    private static void AddContact(SampleData data, SampleFaker faker, string account, SamplePerson contact)
    {
        var added = faker.Ago(1, 300);
        data.AddRow("companyServiceContacts", account, $"c-{contact.Id[2..]}", added, [new("service-contacts", account)],
            ("Name", contact.Name), ("Email", contact.Address), ("Phone", faker.Words.Phone.PhoneNumber("+49 30 5#######")),
            ("Notes", faker.Words.Company.Bs()), ("AddedAt", added));
    }

    private static void AddFile(SampleData data, SampleFaker faker, string account, SamplePerson contact)
    {
        var added = faker.Ago(1, 300);
        data.AddBlob("company-service", $"{account}/offers/offer-1.txt", "text/plain", added,
            new BinaryData($"Offer for {contact.Name}\n{faker.Words.Lorem.Paragraph()}\n"),
            new SampleHolder("service-files", account));
    }
}
