namespace PrivacyFunctions.LocalHost.Sample;

/// <summary>What people did on the websites: events, newsletters, testimonials, forum posts.</summary>
internal static class WebsiteSample
{
    private static readonly string[] Events = ["Invoicing Day", "Security Breakfast", "Autumn Conference", "Help Desk Workshop"];
    private static readonly string[] Newsletters = ["product-news", "security-letter"];

    public static void AddTo(SampleData data)
    {
        var faker = new SampleFaker(seed: 2, data.Midnight);
        foreach (var person in SamplePeople.All.Where(person => person.Part is SamplePart.AccountUser or SamplePart.Visitor))
        {
            var always = SamplePeople.IsAwkward(person);
            if (always || faker.Chance(0.4f))
                AddRegistration(data, faker, person);
            if (always || faker.Chance(0.5f))
                AddSubscription(data, faker, person, person.Address, always);
            if (always || faker.Chance(0.08f))
                AddTestimonial(data, faker, person);
            if (person.SecondAddress is { } second)
                AddSubscription(data, faker, person, second, always);
            if (person.Part is SamplePart.AccountUser && (always || faker.Chance(0.3f)))
                AddPosts(data, faker, person);
        }

        AddSubscription(data, faker, SamplePeople.ByAddress(SamplePeople.NewsletterOnly), SamplePeople.NewsletterOnly,
            always: true);
    }

    private static void AddRegistration(SampleData data, SampleFaker faker, SamplePerson person)
    {
        // The one with two addresses registered with the second, which only the directory connects with the account.
        var address = person.SecondAddress ?? person.Address;
        foreach (var name in faker.Random.ListItems(Events, faker.Random.Int(1, 2)))
        {
            var registered = faker.Ago(3, 300);
            var day = registered.AddDays(20);
            data.AddRow("companyEventRegistrations", SampleFaker.Key(address), Slug(name), registered,
                [new("event-registrations", address)],
                ("Name", person.Name), ("Email", person.SecondAddress ?? person.AddressAsTyped),
                ("Company", faker.Words.Company.CompanyName()),
                ("Event", name), ("EventDate", day), ("RegisteredAt", registered),
                ("Attended", day < data.Midnight ? faker.Chance(0.8f) : null));
        }
    }

    private static void AddSubscription(SampleData data, SampleFaker faker, SamplePerson person, string address, bool always)
    {
        foreach (var newsletter in faker.Random.ListItems(Newsletters, faker.Random.Int(1, Newsletters.Length)))
        {
            var subscribed = faker.Ago(40, 700);
            DateTimeOffset? unsubscribed = faker.Chance(0.15f) && !always ? faker.Ago(1, 27) : null;
            data.AddRow("companyNewsletters", SampleFaker.Key(address), newsletter, subscribed,
                [new("newsletter-subscriptions", address)],
                ("Name", person.Name), ("Email", address == person.Address ? person.AddressAsTyped : address),
                ("Newsletter", newsletter),
                ("ConsentText", "2025-03"), ("SubscribedAt", subscribed), ("UnsubscribedAt", unsubscribed));
        }
    }

    private static void AddTestimonial(SampleData data, SampleFaker faker, SamplePerson person)
    {
        var approved = faker.Ago(30, 900);
        var published = faker.Chance(0.7f);
        data.AddRow("companyTestimonials", published ? "published" : "waiting", $"t-{person.Id[2..]}", approved,
            [new("testimonials", person.Address)],
            ("Name", person.Name), ("Email", person.AddressAsTyped), ("Company", faker.Words.Company.CompanyName()),
            ("Text", $"{faker.Words.Company.CatchPhrase()}: {faker.Words.Lorem.Sentence()}"), ("ApprovedAt", approved),
            ("PublishedAt", published ? approved.AddDays(2) : null));
    }

    private static void AddPosts(SampleData data, SampleFaker faker, SamplePerson person)
    {
        var others = SamplePeople.All.Where(other => other.Part is SamplePart.AccountUser && other != person).ToList();
        foreach (var number in Enumerable.Range(1, faker.Random.Int(1, 4)))
        {
            var posted = faker.Ago(1, 1000);
            var (thread, text) = (faker.Words.Company.CatchPhrase(), faker.Words.Lorem.Paragraph());
            var answered = number > 1 ? faker.Random.ListItem(others) : null;
            SampleHolder[] holders = answered is null
                ? [new("forum-posts", person.Id)]
                : [new("forum-posts", person.Id), new("forum-answers", answered.Id)];
            data.AddRow("companyForumPosts", person.Id, $"{person.Id}-{number:D3}", posted, holders,
                ("DisplayName", person.Name), ("Thread", thread), ("Text", text), ("PostedAt", posted),
                ("InReplyTo", answered?.Name), ("InReplyToPersonId", answered?.Id));
            if (number == 1 && SamplePeople.IsAwkward(person)) AddAnswer(data, person, thread, posted.AddHours(1));
        }
    }

    private static void AddAnswer(SampleData data, SamplePerson answered, string thread, DateTimeOffset posted)
    {
        var author = SamplePeople.All.First(other => other.Part is SamplePart.AccountUser && !SamplePeople.IsAwkward(other));
        data.AddRow("companyForumPosts", author.Id, $"{author.Id}-to-{answered.Id}", posted,
            [new("forum-posts", author.Id), new("forum-answers", answered.Id)],
            ("DisplayName", author.Name), ("Thread", thread), ("Text", "That helped, thank you."), ("PostedAt", posted),
            ("InReplyTo", answered.Name), ("InReplyToPersonId", answered.Id));
    }

    private static string Slug(string name) => name.ToLowerInvariant().Replace(' ', '-');
}
