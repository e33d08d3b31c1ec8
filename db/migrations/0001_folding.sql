-- 検索用の氏名畳み込み(rules.md 10)。src/kernel/fold-name.ts の foldName と、すべての文字列で同じ結果を返す。
-- scripts/generate-glyphs.ts --sql で生成。db/masters/glyph_variants.csv を変更したときは、この関数を置き換え、
-- 畳み込み済みの列を計算し直す新しいマイグレーションを追加する(生成列は自動では再計算されない)。
-- 1文字ずつの対応表だけで定義する。Unicodeの版、ロケール、照合順序に依存せず、PostgreSQLを更新しても索引は壊れない。
-- translate() は表の長さに比例して遅いので、表にある文字を含む氏名にだけ表を渡す。
CREATE FUNCTION fold_name(name text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN translate(translate(translate(
  CASE WHEN name COLLATE "C" ~ '[\u00aa\u00b2-\u00b3\u00b9-\u00ba\u00c0-\u024f\u2070-\u209f\u2100-\u218f\u2460-\u24ff\u2e80-\u2fdf\u3200-\u33ff\uf900-\ufaff\ufb00-\ufb06\uffe0-\uffee\U0002f800-\U0002fa1f\u0300-\u036f\ufe00-\ufe0f\U000e0100-\U000e01ef]'
  THEN (
    -- 合成済みのラテン文字、ローマ数字、①、㈱、互換漢字などを1文字ずつ分解し、アクセントと異体字セレクタを除く。
    SELECT coalesce(string_agg(
      regexp_replace(
        CASE WHEN glyph COLLATE "C" ~ '[\u00aa\u00b2-\u00b3\u00b9-\u00ba\u00c0-\u024f\u2070-\u209f\u2100-\u218f\u2460-\u24ff\u2e80-\u2fdf\u3200-\u33ff\uf900-\ufaff\ufb00-\ufb06\uffe0-\uffee\U0002f800-\U0002fa1f]'
        THEN normalize(glyph, NFKD) ELSE glyph END COLLATE "C",
        '[\u0300-\u036f\ufe00-\ufe0f\U000e0100-\U000e01ef]', '', 'g'
      ), '' ORDER BY place), '')
    FROM regexp_split_to_table(name COLLATE "C", '') WITH ORDINALITY AS glyphs (glyph, place)
  ) ELSE name END,
  -- カタカナの小書き、濁点、半濁点
  CASE WHEN name COLLATE "C" ~ '[\u30a1\u30a3\u30a5\u30a7\u30a9\u30ac\u30ae\u30b0\u30b2\u30b4\u30b6\u30b8\u30ba\u30bc\u30be\u30c0'
   '\u30c2-\u30c3\u30c5\u30c7\u30c9\u30d0-\u30d1\u30d3-\u30d4\u30d6-\u30d7\u30d9-\u30da\u30dc-\u30dd\u30e3\u30e5\u30e7\u30ee\u30f4-\u30fa\u30fe\u00aa'
   '\u00b2-\u00b3\u00b9-\u00ba\u00c0-\u024f\u2070-\u209f\u2100-\u218f\u2460-\u24ff\u2e80-\u2fdf\u3200-\u33ff\uf900-\ufaff\ufb00-\ufb06\uffe0-\uffee\U0002f800-\U0002fa1f]'
  THEN E'ァィゥェォッャュョヮヵヶガギグゲゴザジズゼゾダヂヅデドバビブベボヴヷヸヹヺパピプペポヾ' ELSE '' END,
  E'アイウエオツヤユヨワカケカキクケコサシスセソタチツテトハヒフヘホウワヰヱヲハヒフヘホヽ'),
  -- ひらがな、半角カナ、全角英数記号、英字の大小。末尾の空白、中点、単独の濁点は除く
  CASE WHEN name COLLATE "C" ~ '[\u0009-\u000d\u0020\u0061-\u007a\u0085\u00a0\u00b7\u00e6\u00f0\u00f8\u00fe\u0111\u0127\u0142\u014b\u0153\u1680'
   '\u2000-\u200d\u2028-\u2029\u202f\u205f-\u2060\u3000\u3041-\u3096\u3099-\u309e\u30fb\u31f0-\u31ff\ufeff\uff01-\uff5e\uff61-\uff9f\u00aa\u00b2-\u00b3\u00b9-\u00ba\u00c0-\u024f'
   '\u2070-\u209f\u2100-\u218f\u2460-\u24ff\u2e80-\u2fdf\u3200-\u33ff\uf900-\ufaff\ufb00-\ufb06\uffe0-\uffee\U0002f800-\U0002fa1f]'
  THEN E'ぁあぃいぅうぇえぉおかがきぎくぐけげこごさざしじすずせぜそぞただちぢっつづてでとどなにぬねのはばぱひびぴふぶぷへべぺほぼ'
   'ぽまみむめもゃやゅゆょよらりるれろゎわゐゑをんゔゕゖゝゞ｡｢｣､ｦｧｨｩｪｫｬｭｮｯｰｱｲｳｴｵｶｷｸｹｺｻｼｽｾｿﾀﾁ'
   'ﾂﾃﾄﾅﾆﾇﾈﾉﾊﾋﾌﾍﾎﾏﾐﾑﾒﾓﾔﾕﾖﾗﾘﾙﾚﾛﾜﾝabcdefghijklmnopqrstuvwxyz！＂＃＄％＆'
   '＇（）＊＋，－．／０１２３４５６７８９：；＜＝＞？＠ＡＢＣＤＥＦＧＨＩＪＫＬＭＮＯＰＱＲＳＴＵＶＷＸＹＺ［＼］＾＿｀ａｂ'
   'ｃｄｅｆｇｈｉｊｋｌｍｎｏｐｑｒｓｔｕｖｗｘｙｚ｛｜｝～æðøþđħłŋœㇰㇱㇲㇳㇴㇵㇶㇷㇸㇹㇺㇻㇼㇽㇾㇿ\u0020\u3000\u0009\u000a\u000b\u000c\u000d'
   '\u0085\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u200b\u200c\u200d\u2028\u2029\u202f\u205f\u2060\ufeff・･·゛゜\u3099\u309aﾞﾟ' ELSE '' END,
  E'アアイイウウエエオオカカキキククケケココササシシススセセソソタタチチツツツテテトトナニヌネノハハハヒヒヒフフフヘヘヘホホ'
   'ホマミムメモヤヤユユヨヨラリルレロワワヰヱヲンウカケヽヽ。「」、ヲアイウエオヤユヨツーアイウエオカキクケコサシスセソタチ'
   'ツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワンABCDEFGHIJKLMNOPQRSTUVWXYZ!"#$%&'
   '\u0027()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\u005c]^_`AB'
   'CDEFGHIJKLMNOPQRSTUVWXYZ{|}~ÆÐØÞĐĦŁŊŒクシストヌハヒフヘホムラリルレロ'),
  -- 異体字・旧字体
  CASE WHEN name COLLATE "C" ~ '[\u3402\u351f\u37e2\u4e12\u4e17\u4e55\u4e58\u4e82\u4e8a\u4e99\u4e9e\u4eb0\u4edd\u4eed\u4f5b\u4f86'
   '\u4fad\u4fe0\u4ff1\u5002\u5047\u50b3\u50f9\u5109\u514a\u5152\u5154\u5167\u5169\u518c\u519d\u51a8'
   '\u51b0\u51b2\u51c9\u51dc\u51de\u51fe\u5204\u524e-\u524f\u5269\u5271\u528d\u5291-\u5292\u5294\u52de\u52f3\u52f5'
   '\u52f8\u5340\u534b\u5377\u537d\u53ba\u53c3\u53d3\u541e\u5433-\u5434\u548f\u555e-\u555f\u55ae\u5653\u5699\u56b4'
   '\u56ca\u56d1\u56ef\u5700\u5708\u570b\u570d\u5713\u5716\u5718\u5721\u57dc\u582f\u5861\u5872\u589e'
   '\u58d3\u58d8\u58ef\u58f7\u58f9\u58fd\u5918\u591b\u594c\u5967\u59ca\u59d9\u59ec\u59f8\u5a1b\u5b43'
   '\u5b78\u5bc3\u5be2\u5be6\u5beb-\u5bec\u5bf3\u5bf6\u5c07-\u5c08\u5c0d\u5c13\u5c19\u5c46\u5c5b\u5c6c\u5ce9\u5cef'
   '\u5cfd\u5d17\u5d5c\u5d8b-\u5d8c\u5dbd\u5dd6-\u5dd7\u5de2\u5e0b\u5e36\u5e77\u5ecf-\u5ed0\u5eda\u5ee2-\u5ee3\u5ef0\u5ef3\u5ef8'
   '\u5f0c-\u5f0d\u5f48\u5f4c\u5f65\u5f91\u5f9e\u5fb5\u5fb7\u5ff0\u6046\u6060\u6085\u60b3\u60e0-\u60e1\u60ea\u60f1'
   '\u613c\u61c9\u61f7\u6200\u621e\u6230\u6232\u6236\u62c2\u62d4\u62dc\u63d2\u63ed\u6416\u641c\u6451'
   '\u64c7\u64ca\u64d4\u64da\u64e7\u64f4\u651c-\u651d\u6536\u6547-\u6548\u654d-\u654e\u6555\u6578\u6588\u658e\u65b7\u65e3'
   '\u65f9\u663b\u6644\u6649\u665a\u665d\u668e\u66c6\u66c9\u66fb\u66fe\u6703\u6719\u6764\u6766\u6770'
   '\u678f\u67a9\u67d7\u67df\u6801\u6822\u6852\u685d\u687a\u689d\u68b9\u68e7\u6973\u6998\u69ae\u69c7'
   '\u69d7\u69ea\u6a02\u6a13\u6a1e\u6a23\u6a6b\u6a9c\u6aa2\u6aaa\u6afb\u6b0a\u6b1d\u6b50\u6b61\u6b65'
   '\u6b77-\u6b78\u6b98\u6bbc\u6bcf\u6c23\u6c92\u6cea\u6d89\u6dda\u6de8\u6df8\u6dfa\u6e0a\u6e15\u6e34\u6e76'
   '\u6eaa-\u6eab\u6eef\u6eff\u6f5b\u6f81\u6fa4\u6fd5\u6fdf\u6fe4\u6ff1\u6ff5\u7006\u7027-\u7028\u704b\u7063\u7130'
   '\u7151\u7155\u7188\u71c8\u71d2\u71df\u7210\u722d\u7232\u7240\u72a7\u72c0\u72f9\u7328\u734e\u7368'
   '\u7375\u7378\u737b\u73ce\u73ee\u7464\u74e3\u7501\u7522\u7544\u754d\u7567\u756b\u7576\u7589-\u758a\u7626'
   '\u7661\u767c\u768b\u76b7\u76d6\u76dc\u76e1\u771e\u784f\u788e\u7912\u792a\u7955\u797f\u799d\u79aa'
   '\u79ae\u79b0\u79ca\u7a05\u7a31\u7a3b\u7a49\u7a50\u7a57\u7a69\u7a70\u7abb\u7ac3\u7aca\u7add\u7b0b'
   '\u7b7a\u7bed\u7c54\u7cae\u7cb9\u7cfa\u7d4b\u7d55\u7d72\u7d89\u7d93\u7da0\u7dd6\u7ddc\u7de3\u7e02'
   '\u7e23\u7e31\u7e3d\u7e69-\u7e6b\u7e7c\u7e8c\u7e96\u7f3a\u7f97\u7fa3\u7fc6\u803b\u805f\u8070\u8072\u807d'
   '\u8085\u80f7\u8109\u812b\u8166\u81bd\u81c8\u81df\u81fa\u8207\u820a\u8216\u8218\u8229\u8277\u82b2'
   '\u82c5\u8345\u838a\u8396\u83b5\u83df\u840a\u8420\u842c\u8523\u854b\u855a\u8597\u85ae\u85b0\u85cf'
   '\u85dd\u85e5\u8602\u8606\u8613\u8655\u865b\u865f\u86ce\u87a2\u87f2\u8805\u881f\u8836\u883b\u8842'
   '\u885e\u88dd\u88e1\u894d\u8994\u89ba\u89bd\u89c0\u89e7\u89f8\u8aaa\u8acc\u8b20\u8b5b\u8b6f\u8b7d'
   '\u8b80\u8b8a\u8b93\u8b9a\u8c3f\u8c50\u8c6b-\u8c6c\u8c8e\u8cb3\u8cce\u8cd4\u8ce3\u8cf4\u8d0a\u8d12\u8e10'
   '\u8eb0\u8ec4\u8ee3\u8f15\u8f49\u8fa7-\u8fa8\u8fad\u8faf\u8fef\u9039\u9059\u905e\u9072\u9089-\u908a\u90a8\u90de'
   '\u9115\u9130\u9167\u9189\u91ab-\u91ac\u91c0\u91cb\u91e1\u91fc\u922c\u9295\u92b3\u9304\u9322\u9397\u93ad'
   '\u9421\u9435\u9444\u9452\u945b\u9592\u95b1\u95dc\u969d\u96a8\u96aa\u96b1\u96d9\u96dc\u96de\u9738'
   '\u9748\u974d\u974f\u9751\u975c\u9763\u97ed\u981a\u9830\u984b\u984f\u985a\u986f\u98c3\u98dc\u98ee'
   '\u98f1\u9918\u991d\u9920\u99c8\u9a37\u9a45\u9a52\u9a57\u9a5b\u9ad3-\u9ad4\u9ad9\u9ae5\u9aee\u9b2a\u9b8f'
   '\u9bf5\u9c15\u9ceb\u9d08\u9d2c\u9d44\u9d5e\u9dc4\u9dd7\u9e16\u9e7d\u9ea5\u9eaa\u9eb4-\u9eb5\u9ec3\u9ed1'
   '\u9ed8\u9ede\u9ee8\u9f4a-\u9f4b\u9f52\u9f61\u9f8d\u9f9c-\u9f9d\ufa11\U0002000b\U00020bb7\U0002363a\u00aa\u00b2-\u00b3\u00b9-\u00ba\u00c0-\u024f'
   '\u2070-\u209f\u2100-\u218f\u2460-\u24ff\u2e80-\u2fdf\u3200-\u33ff\uf900-\ufaff\ufb00-\ufb06\uffe0-\uffee\U0002f800-\U0002fa1f]'
  THEN E'亞惡壓圍醫爲壹稻飮隱營榮衞驛悅圓緣艷鹽奧應橫歐黃溫穩假價畫會懷繪擴殼覺學嶽樂勸卷寬歡觀關巖顏歸氣龜戲犧舊據擧虛峽狹鄕曉驅'
   '勳薰徑惠揭溪經繼莖螢輕鷄藝擊缺儉劍圈檢權獻縣險顯驗嚴效廣恆鑛號國黑碎濟齋劑櫻册雜參棧蠶贊殘絲齒兒辭濕實寫釋壽收從澁獸縱肅'
   '處緖敍將稱燒獎條狀乘淨剩疊孃讓釀觸囑愼眞寢盡圖粹醉隨髓數樞瀨聲靜齊攝專戰淺潛纖踐錢禪曾雙壯搜插爭總聰莊裝騷增藏臟卽屬續體'
   '對帶滯臺瀧擇澤單擔膽團彈斷癡遲晝蟲鑄廳聽敕鎭遞鐵轉點傳黨燈當德獨讀屆繩貳惱腦霸拜廢賣麥發髮拔晚蠻祕彥姬濱佛倂竝變邊辨瓣辯'
   '舖步穗寶豐沒飜槇萬滿默餠彌藥譯豫餘與譽搖樣謠遙瑤來賴亂覽龍兩獵綠壘淚勵禮靈齡戀爐勞樓郞祿錄亙灣戶旣曆歷每敎靑淸稅說脫銳閱'
   '產硏涉徵巢吳區內冰剎悳惪晉槪渴絕頰顚拂甁瘦盜竊攜萊蔣蘆蠅檜禰礪穰鷗麴麵囊塡姸屛幷摑濤繫嚙噓俱俠姊娛尙啞兔啟瀆堯萠凜熈煕凞'
   '髙\ufa11嵜㟢嶋嶌冨渕渊濵𠮷桒舩栁桺曻舘凉峯槗𣘺斎邉埜㔟籔薮篭鴬苅仭𠀋㐂昻晄鄰雞鯵驒靏靍鸖穐龝秊珎畄畧皋礒粮翆聟菟薗蘓乕裡觧咏'
   '諌讚谿廸邨釼劔劒剱銕鐡韭飃鴈鵞杦杤枩柗栢楳梹桝欝冲泪焰尓猨豬暎壷塲寳崗峩廏廐恠杰侭凾刄剏夘夛吴吞圀囯廚弍弌仝丗丒亰亊兊冝'
   '寃卋厺叓圡奌姙巗帋廰忰戞敇斈旹朙枏柟榘檪湶灋煑牀珮畍疉皷盖禝穉窻竃笋筺糺絋綉緜縂羗羣耻胷脉臈芲荅莵蕋蕚蘂蛎蠟衂襍覔譛貎賎'
   '賔贒躰軄軣辧迯逹酧醬釡鈬鎗鑒閒隝靣頚顋飱餝駈髥鬪鮏鰕鳫鵄麪' ELSE '' END,
  E'亜悪圧囲医為壱稲飲隠営栄衛駅悦円縁艶塩奥応横欧黄温穏仮価画会懐絵拡殻覚学岳楽勧巻寛歓観関巌顔帰気亀戯犠旧拠挙虚峡狭郷暁駆'
   '勲薫径恵掲渓経継茎蛍軽鶏芸撃欠倹剣圏検権献県険顕験厳効広恒鉱号国黒砕済斉剤桜冊雑参桟蚕賛残糸歯児辞湿実写釈寿収従渋獣縦粛'
   '処緒叙将称焼奨条状乗浄剰畳嬢譲醸触嘱慎真寝尽図粋酔随髄数枢瀬声静斉摂専戦浅潜繊践銭禅曽双壮捜挿争総聡荘装騒増蔵臓即属続体'
   '対帯滞台滝択沢単担胆団弾断痴遅昼虫鋳庁聴勅鎮逓鉄転点伝党灯当徳独読届縄弐悩脳覇拝廃売麦発髪抜晩蛮秘彦姫浜仏併並変辺弁弁弁'
   '舗歩穂宝豊没翻槙万満黙餅弥薬訳予余与誉揺様謡遥瑶来頼乱覧竜両猟緑塁涙励礼霊齢恋炉労楼郎禄録亘湾戸既暦歴毎教青清税説脱鋭閲'
   '産研渉徴巣呉区内氷刹徳徳晋概渇絶頬顛払瓶痩盗窃携莱蒋芦蝿桧祢砺穣鴎麹麺嚢填妍屏并掴涛繋噛嘘倶侠姉娯尚唖兎啓涜尭萌凛熙熙熙'
   '高崎崎崎島島富淵淵浜吉桑船柳柳昇館涼峰橋橋斉辺野勢藪藪籠鶯刈仞丈喜昂晃隣鶏鰺騨鶴鶴鶴秋秋年珍留略皐磯糧翠婿兎園蘇虎裏解詠'
   '諫讃渓迪村剣剣剣剣鉄鉄韮飄雁鵝杉栃松松柏梅檳枡鬱沖涙焔爾猿猪映壺場宝岡峨厩厩怪傑儘函刃創卯多呉呑国国厨弐一同世丑京事兌宜'
   '冤世去吏土点妊巌紙庁倅戛勅学時明楠楠矩櫟泉法煮床佩界畳鼓蓋稷稚窓竈筍筐糾紘繍綿総羌群恥胸脈臘花答兎蕊萼蕊蠣蝋衄雑覓譖貌賤'
   '賓賢体職轟弁逃達酬醤釜鐸槍鑑間島面頸腮餐飾駆髯闘鮭蝦雁鴟麺'
);

COMMENT ON FUNCTION fold_name(text) IS
  '検索用の畳み込み。異体字・旧字体、全角半角、ひらがなとカタカナ、小書き、濁点・半濁点、空白・中点、異体字セレクタ、英字の大小を同一視する。長音は残す。表示・出力には使わない';
