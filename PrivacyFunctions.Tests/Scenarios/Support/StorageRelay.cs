using System.Globalization;
using System.Text.RegularExpressions;

namespace PrivacyFunctions.Tests.Scenarios.Support;

/// <summary>A storage account of an emulator behind relays, which cut one host off from it and nobody else.</summary>
internal sealed partial class StorageRelay : IDisposable
{
    private readonly List<Relay> _relays = [];

    /// <param name="account">The account's own connection string.</param>
    public StorageRelay(string account) => ConnectionString = Port().Replace(account, port =>
    {
        var relay = new Relay().LeadTo(int.Parse(port.ValueSpan, CultureInfo.InvariantCulture));
        _relays.Add(relay);
        return relay.Port.ToString(CultureInfo.InvariantCulture);
    });

    /// <summary>The connection string that leads through here.</summary>
    public string ConnectionString { get; }

    /// <summary>Whether anybody has come through here.</summary>
    public bool WasUsed => _relays.Exists(relay => relay.WasUsed);

    /// <summary>Cuts it off, at once.</summary>
    public void CutOff() => _relays.ForEach(relay => relay.CutOff());

    /// <inheritdoc/>
    public void Dispose() => _relays.ForEach(relay => relay.Dispose());

    [GeneratedRegex(@"(?<=http://127\.0\.0\.1:)\d+")]
    private static partial Regex Port();
}
