namespace PrivacyFunctions.LocalHost.Sample;

/// <summary>Customer accounts, the directory of their users, profiles and photos.</summary>
internal static class AccountsSample
{
    private static readonly string[] Countries = ["IE", "DE", "SE", "GR", "FR", "US"];
    private static readonly string[] Products = ["Invoicing", "Campaigns", "Help desk"];

    public static void AddTo(SampleData data)
    {
        var faker = new SampleFaker(seed: 1, data.Midnight);
        var users = SamplePeople.All.Where(person => person.Part is SamplePart.AccountUser).ToList();
        foreach (var account in users.GroupBy(user => user.Account!).OrderBy(account => account.Key, StringComparer.Ordinal))
        {
            var company = faker.Words.Company.CompanyName();
            var country = faker.Words.PickRandom(Countries);
            AddAccount(data, faker, account.Key, owner: account.First(), company, country);
            foreach (var user in account)
                AddUser(data, faker, user, company, country);
        }
    }

    private static void AddAccount(
        SampleData data, SampleFaker faker, string account, SamplePerson owner, string company, string country)
    {
        var created = faker.Ago(400, 1500);
        data.AddRow("companyAccounts", account, "account", created, [new("customer-accounts", owner.Id)],
            ("AccountId", account), ("Company", company), ("Country", country),
            ("Plan", faker.Words.PickRandom("Free", "Standard", "Enterprise")),
            ("OwnerPersonId", owner.Id), ("CreatedAt", created));
    }

    private static void AddUser(SampleData data, SampleFaker faker, SamplePerson user, string company, string country)
    {
        var created = faker.Ago(60, 400);
        foreach (var address in user.Addresses)
            data.AddRow("companyDirectory", SampleFaker.Key(address), user.Id, created, [new("directory", address)],
                ("Email", address == user.Address ? user.AddressAsTyped : address), ("PersonId", user.Id),
                ("VerifiedAt", created.AddMinutes(3)));

        var signedUpWith = faker.Words.PickRandom("Password", "Password", "LinkedIn", "Google");
        var withPassword = signedUpWith is "Password" || SamplePeople.IsAwkward(user);
        var withQuestion = withPassword && (faker.Chance(0.4f) || SamplePeople.IsAwkward(user));
        data.AddRow("companyProfiles", user.Id, "profile", created, [new("profiles", user.Id)],
            ("Name", user.Name), ("Email", user.AddressAsTyped), ("Phone", faker.Words.Phone.PhoneNumber("+353 1 5## ####")),
            ("Company", company), ("Country", country),
            ("Language", faker.Chance(0.7f) ? faker.Words.PickRandom("en", "de", "sv", "el") : null),
            ("TimeZone", faker.Chance(0.5f) ? faker.Words.PickRandom("Europe/Dublin", "Europe/Berlin", "Europe/Athens") : null),
            ("Username", $"user{user.Id[2..]}"), ("SignedUpWith", signedUpWith), ("CreatedAt", created),
            ("ProductInterest", faker.Chance(0.6f) ? faker.Words.PickRandom(Products) : null),
            ("PasswordHash", withPassword ? $"pbkdf2$210000${faker.Random.Hash(64)}" : null),
            ("SecurityQuestion", withQuestion ? "What was the name of your first pet?" : null),
            ("SecurityAnswer", withQuestion ? $"pet-{faker.Random.AlphaNumeric(12)}" : null));

        if (faker.Chance(0.5f) || SamplePeople.IsAwkward(user))
            data.AddBlob("company-photos", $"{user.Id}/photo.svg", "image/svg+xml", created.AddHours(1), Portrait(faker),
                new SampleHolder("profile-photos", user.Id));
    }

    private static BinaryData Portrait(SampleFaker faker) => new(
        $"""
        <svg xmlns="http://www.w3.org/2000/svg" width="128" height="128" viewBox="0 0 128 128">
          <rect width="128" height="128" fill="{faker.Words.Internet.Color()}"/>
          <circle cx="64" cy="48" r="24" fill="#fff"/><path d="M16 128a48 48 0 0 1 96 0z" fill="#fff"/>
        </svg>
        """);
}
