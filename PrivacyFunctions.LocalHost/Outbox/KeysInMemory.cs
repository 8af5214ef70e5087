using System.Collections.Concurrent;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace PrivacyFunctions.LocalHost.Outbox;

/// <summary>
/// Razor components bring Data Protection along, which would leave a key in the user's home folder. The desk protects nothing
/// with it, so its keys end with the process.
/// </summary>
internal sealed class KeysInMemory : IXmlRepository
{
    private readonly ConcurrentQueue<XElement> _keys = [];

    public IReadOnlyCollection<XElement> GetAllElements() => [.. _keys];

    public void StoreElement(XElement element, string friendlyName) => _keys.Enqueue(element);
}
