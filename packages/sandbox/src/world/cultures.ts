/** A word in its own script, and in Latin letters. */
export interface Word {
  own: string;
  latin: string;
}

/** What names look like in one part of the world. */
export interface Culture {
  weight: number;
  stems: Word[];
  kinds: Word[];
  forms: Word[];
  first: Word[];
  last: Word[];
  places: (readonly [city: string, country: string])[];
}

/** Words between bars; `own=latin` where the two differ. */
const words = (text: string): Word[] =>
  text.split('|').map((word) => {
    const [own = '', latin = own] = word.split('=');
    return { own, latin };
  });
const places = (text: string) => text.split('|').map((place) => place.split(', ') as [string, string]);

const kinds = words('Systems|Group|Labs|Industries|Logistics|Health|Energy|Foods|Capital|Robotics');

export const cultures: Culture[] = [
  {
    weight: 60,
    stems: words(
      `Acme|Globex|Initech|Hooli|Umbra|Northwind|Contoso|Fabrikam|Halcyon|Redwood|Bluefin|Ironbark|Cedar|Lumen|Vertex|Quarry|Sable|Tidewater|Copperline|Fjord|O'Malley`,
    ),
    kinds,
    forms: words('Inc.|LLC|Ltd|plc|'),
    first: words('Ada|Grace|Alan|Edsger|Barbara|Linus|Margaret|Dennis|Radia|Ken|Amina|Chidi|Priya|Mateo|Yusuf|Mei'),
    last: words(
      `King|Hopper|Turing|Liskov|Torvalds|Hamilton|Ritchie|Perlman|Thompson|D'Angelo|Diallo|Okafor|Sharma|Rossi|Li|O'Brien`,
    ),
    places: places(
      'Boston, United States|Austin, United States|Chicago, United States|Toronto, Canada|London, United Kingdom',
    ),
  },
  {
    weight: 20,
    stems: words('Åkerlund|Żubr|Dvořák|Peña|Café Noir|Müller|Sønderby|Çelik|Łódź|Trần|Île-de-Ré'),
    kinds,
    forms: words('GmbH|AB|S.A.|A/S|s.r.o.|S.L.|'),
    first: words('Søren|Zoë|José|Nguyễn|Ingrid|Siobhán|Łukasz|Jürgen|Çağla|François|Bjørn|Inês'),
    last: words('Nielsen|García|Trần|Yılmaz|Novák|Müller|Øster|Kovács|Brânză|Lefèvre|Þórsson|Gonçalves'),
    places: places('Berlin, Germany|Lyon, France|Malmö, Sweden|São Paulo, Brazil|Kraków, Poland|Brno, Czechia'),
  },
  {
    weight: 4,
    stems: words('Заря=Zarya|Восток=Vostok|Балтика=Baltika|Орион=Orion|Дніпро=Dnipro'),
    kinds: words('Логистика=Logistika|Системы=Sistemy|Энергия=Energiya'),
    forms: words('ООО=OOO|АО=AO'),
    first: words('Олег=Oleg|Ольга=Olga|Дмитро=Dmytro|Наталія=Nataliia'),
    last: words('Шевченко=Shevchenko|Коваленко=Kovalenko|Гончар=Honchar|Мельник=Melnyk'),
    places: places('Kyiv, Ukraine|Sofia, Bulgaria|Almaty, Kazakhstan'),
  },
  {
    weight: 3,
    stems: words('Ελπίς=Elpis|Θάλασσα=Thalassa|Ήλιος=Ilios|Αιγαίο=Aigaio'),
    kinds: words('Ενέργεια=Energeia|Συστήματα=Systimata|Τρόφιμα=Trofima'),
    forms: words('Α.Ε.=A.E.|Ε.Π.Ε.=E.P.E.'),
    first: words('Ελένη=Eleni|Γιώργος=Giorgos|Μαρία=Maria|Νίκος=Nikos'),
    last: words('Παππάς=Pappas|Νικολάου=Nikolaou|Ιωάννου=Ioannou|Γεωργίου=Georgiou'),
    places: places('Athens, Greece|Nicosia, Cyprus'),
  },
  {
    weight: 4,
    stems: words('北星=Beixing|华光=Huaguang|长江=Changjiang|天合=Tianhe'),
    kinds: words('科技=Keji|物流=Wuliu|能源=Nengyuan'),
    forms: words('有限公司=Co., Ltd.|股份有限公司=Corp.'),
    first: words('伟=Wei|芳=Fang|秀英=Xiuying|敏=Min'),
    last: words('王=Wang|李=Li|张=Zhang|刘=Liu|陈=Chen'),
    places: places('Shanghai, China|Shenzhen, China|Singapore, Singapore'),
  },
  {
    weight: 4,
    stems: words('青葉=Aoba|富士=Fuji|さくら=Sakura|みらい=Mirai'),
    kinds: words('システム=System|物産=Bussan|工業=Kogyo'),
    forms: words('株式会社=K.K.|合同会社=G.K.'),
    first: words('花子=Hanako|太郎=Taro|さくら=Sakura|ケンジ=Kenji'),
    last: words('山田=Yamada|佐藤=Sato|鈴木=Suzuki|高橋=Takahashi'),
    places: places('Osaka, Japan|Tokyo, Japan'),
  },
  {
    weight: 2,
    stems: words('한빛=Hanbit|대한=Daehan|미래=Mirae|누리=Nuri'),
    kinds: words('전자=Electronics|물산=Mulsan|에너지=Energy'),
    forms: words('주식회사=Co., Ltd.'),
    first: words('민준=Minjun|서연=Seoyeon|지훈=Jihun|수빈=Subin'),
    last: words('김=Kim|이=Lee|박=Park|최=Choi'),
    places: places('Seoul, South Korea|Busan, South Korea'),
  },
  {
    weight: 2,
    stems: words('النور=Al Noor|الفجر=Al Fajr|الخليج=Al Khaleej'),
    kinds: words('للتجارة=Trading|للطاقة=Energy|للخدمات=Services'),
    forms: words('ش.م.م=LLC'),
    first: words('محمد=Mohammed|فاطمة=Fatima|أحمد=Ahmed|ليلى=Layla'),
    last: words('حداد=Haddad|النجار=Al Najjar|الخطيب=Al Khatib'),
    places: places('Dubai, United Arab Emirates|Cairo, Egypt'),
  },
  {
    weight: 1,
    stems: words('כרמל=Carmel|גליל=Galil|ארז=Erez'),
    kinds: words('מערכות=Systems|אנרגיה=Energy|לוגיסטיקה=Logistics'),
    forms: words('בע"מ=Ltd.'),
    first: words('יעל=Yael|דוד=David|נועה=Noa'),
    last: words('כהן=Cohen|לוי=Levi|מזרחי=Mizrahi'),
    places: places('Tel Aviv, Israel|Haifa, Israel'),
  },
];
